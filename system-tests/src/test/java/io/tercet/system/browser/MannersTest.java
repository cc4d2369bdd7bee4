package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person expects of a page without being told.
@DrivesTheStack
@Tag("browser")
class MannersTest {

  private static final String LINES =
      """
      (cell) => {
        const range = document.createRange()
        range.selectNodeContents(cell)
        return range.getClientRects().length
      }
      """;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  MannersTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aLineThatFellSilentIsNotCalledConnected() {
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    Line line = Line.of(ada.page());
    ada.entersAsGuest(Fresh.name("ada"));
    Locator status = ada.page().getByRole(AriaRole.STATUS);
    assertThat(status.getByText("Connected")).isVisible();
    line.fallSilent();
    ada.page().evaluate("window.dispatchEvent(new Event('offline'))");
    assertThat(status.getByText("Checking the connection")).isVisible();
    Pictures.take(ada, "silent");
    line.speakAgain();
    assertThat(status.getByText("Connected")).isVisible();
  }

  @Test
  void languageThemeAndTheWayOutAreBehindOnesPicture() {
    Visitor ada = chromium.visitor(stack, Seat.PHONE);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.button("Open the list of rooms").click();
    Locator picture = ada.button("You: profile, language, theme, sign out");
    picture.press("Enter");
    Locator menu = ada.page().getByRole(AriaRole.MENU);
    assertThat(menu.getByRole(AriaRole.MENUITEM, Visitor.exactly("Your profile"))).isFocused();
    ada.page().keyboard().press("d");
    ada.page().keyboard().press("Enter");
    assertThat(ada.page().locator("html")).hasAttribute("data-theme", "dark");
    Pictures.take(ada, "account-phone-dark");
    ada.page().keyboard().press("Escape");
    assertThat(menu).isHidden();
    assertThat(picture).isFocused();
    ada.asksToSignOut();
    assertThat(ada.page().getByLabel("Your name")).isVisible();
  }

  @Test
  void aPastedPictureIsSharedAndAStrayDropOpensNothing() {
    String room = Fresh.name("pictures");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    ada.pastesAPicture(room);
    assertThat(ada.attachments("uploaded")).hasCount(1);
    ada.composer(room).press("Enter");
    Pattern byItsTime = Pattern.compile("Show image-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.png");
    assertThat(ada.conversation(room).getByLabel(byItsTime)).isVisible();

    Locator beside =
        ada.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(room));
    ada.page()
        .evaluate("addEventListener('drop', (event) => { window.taken = event.defaultPrevented })");
    ada.drops(beside, "stray.html", "text/html", "<h1>elsewhere</h1>".getBytes(UTF_8));
    assertThat(ada.page().evaluate("window.taken")).isEqualTo(true);
    ada.seesRoom(room);
  }

  @Test
  void aPasswordThatIsTooShortIsRefusedAtItsField() {
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.page().navigate("/");
    ada.button("Register").click();
    ada.page().getByLabel("Your name").fill(Fresh.name("ada"));
    Locator password =
        ada.page().getByLabel("Password", new Page.GetByLabelOptions().setExact(true));
    password.fill("123");
    ada.button("Register and enter").click();
    assertThat(password).hasAccessibleDescription("A password has 8 to 256 characters.");
    assertThat(password).hasAttribute("aria-invalid", "true");
    password.fill("12345678");
    ada.button("Register and enter").click();
    assertThat(ada.page().getByRole(AriaRole.LOG)).isVisible();
  }

  @Test
  void everyFolderIsAnAddress() {
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.opensMyFiles();
    ada.createsFolder("100 % 图纸");
    ada.opensFolder("100 % 图纸");
    ada.createsFolder("old");
    ada.opensFolder("old");
    Locator here = ada.whereWeAre().locator("[aria-current]");
    assertThat(here).hasText("old");
    ada.page().reload();
    assertThat(here).hasText("old");
    ada.page().goBack();
    assertThat(here).hasText("100 % 图纸");
    ada.page().goBack();
    assertThat(here).hasText("Top");
    ada.page().goForward();
    assertThat(here).hasText("100 % 图纸");
  }

  @Test
  void aDroppedFolderKeepsItsStructure(@TempDir Path folder) throws IOException {
    Path web = Files.createDirectory(folder.resolve("web"));
    Files.writeString(web.resolve("index.html"), "<h1>Woven</h1>");
    Files.writeString(Files.createDirectory(web.resolve("css")).resolve("loom.css"), "b {}");
    Files.createDirectory(web.resolve("empty"));
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.opensMyFiles();
    assertThat(ada.whereWeAre()).isVisible();
    ada.dropsFolder(ada.whereWeAre(), web);
    ada.opensFolder("web");
    assertThat(ada.folder().getByRole(AriaRole.LINK, Visitor.named("Download index.html")))
        .isVisible();
    ada.opensFolder("empty");
    assertThat(ada.folder().getByText("This folder is empty.")).isVisible();
    ada.page().goBack();
    ada.opensFolder("css");
    assertThat(ada.folder().getByRole(AriaRole.LINK, Visitor.named("Download loom.css")))
        .isVisible();
  }

  @Test
  void todayEndsAtMidnight() {
    String room = Fresh.name("night");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.page().clock().install();
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    Locator today = ada.conversation(room).getByText("Today", exact());
    assertThat(today).isVisible();
    ada.page().clock().fastForward("24:00:00");
    assertThat(ada.conversation(room).getByText("Yesterday", exact())).isVisible();
    assertThat(today).isHidden();
  }

  @Test
  void oneComesBackToWhereOneWasReadingAndCopiesWhatWasSaid() {
    String room = Fresh.name("long");
    String other = Fresh.name("other");
    String name = Fresh.name("ada");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    ada.entersAsGuest(name);
    ada.createsRoom(other);
    ada.createsRoom(room);
    for (int i = 0; i < 60; i++) {
      ada.says(room, "line " + i + ".");
    }
    ada.sees(room, "line 59.");
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    Locator conversation = ada.conversation(room);
    conversation.evaluate("(log) => { log.scrollTop = 400 }");
    assertThat(ada.button("Jump to the newest")).isVisible();
    ada.opens(other);
    ada.seesRoom(other);
    ada.opens(room);
    assertThat(ada.button("Jump to the newest")).isVisible();
    assertThat(conversation.evaluate("(log) => Math.abs(log.scrollTop - 400) <= 2"))
        .isEqualTo(true);

    conversation.focus();
    ada.selects(conversation.getByText("line 20."), conversation.getByText("line 21."));
    ada.page().keyboard().press("Control+C");
    assertThat(ada.page().evaluate("navigator.clipboard.readText()").toString())
        .matches(
            "%1$s, \\d\\d:\\d\\d: line 20\\.\n%1$s, \\d\\d:\\d\\d: line 21\\.".formatted(name));
    ada.selects(conversation.getByText("line 20."), conversation.getByText("line 20."));
    ada.page().keyboard().press("Control+C");
    assertThat(ada.page().evaluate("navigator.clipboard.readText()")).isEqualTo("line 20.");
  }

  @Test
  void everyScriptReadsInItsDirection() {
    String room = Fresh.name("scripts");
    Visitor ada = chromium.visitor(stack, new Seat(ColorScheme.DARK, 360, 640, "zh-CN"));
    ada.page().navigate("/");
    ada.page().getByLabel("你的名字").fill(Fresh.name("ada"));
    ada.page().getByLabel("你的名字").press("Enter");
    Locator composer = ada.page().getByRole(AriaRole.TEXTBOX);
    Locator conversation = ada.page().getByRole(AriaRole.LOG);
    assertThat(conversation).isVisible();
    composer.fill("שלום " + room);
    composer.press("Enter");
    Locator text = conversation.getByText("שלום " + room);
    assertThat(text).isVisible();
    assertThat(text).hasCSS("direction", "rtl");
    composer.fill("|communication|incomprehensibilities|" + room + "|\n|-|-|-|\n|a|b|c|");
    composer.press("Enter");
    Locator word =
        conversation.getByRole(AriaRole.COLUMNHEADER, Visitor.exactly("incomprehensibilities"));
    assertThat(word.last()).isVisible();
    // Until then the message may be drawn anew.
    assertThat(conversation.locator("[data-state]")).hasCount(0);
    assertThat(word.last().evaluate(LINES)).isEqualTo(1);
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "scripts-narrow-dark-chinese");
  }

  @Test
  void theRoomsAreOneStopForTheTabKey() {
    String room = Fresh.name("a");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    Locator rooms =
        ada.page().getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Rooms"));
    ada.button("Create a room").focus();
    ada.page().keyboard().press("Tab");
    assertThat(rooms.locator("[aria-current]")).isFocused();
    ada.page().keyboard().press("Tab");
    assertThat(ada.button("New message")).isFocused();
    ada.page().keyboard().press("Shift+Tab");
    ada.page().keyboard().press("Home");
    assertThat(rooms.locator(".room-item").first()).isFocused();
    ada.page().keyboard().press("End");
    assertThat(rooms.locator(".room-item").last()).isFocused();
    ada.page().keyboard().press("Shift+Tab");
    assertThat(ada.button("Create a room")).isFocused();
  }

  private static Locator.GetByTextOptions exact() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
