package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An emoji says it without a message.
@DrivesTheStack
@Tag("browser")
class ReactionsTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  ReactionsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void reactionsAreSeenByAllAtOnceAndAfterAReload() {
    String room = Fresh.name("reactions");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    Visitor grace = chromium.visitor(stack, Seat.DARK);
    String graceName = Fresh.name("grace");
    grace.entersAsGuest(graceName);
    grace.joins(room);
    says(ada, room, "the loom is ready");
    says(ada, room, "👏🎉🧵");

    grace.does("Add a reaction", grace.message(room, "the loom is ready"));
    assertThat(grace.picker().getByTestId("emoji-search")).isFocused();
    grace.picker().getByText("Smileys").waitFor();
    Pictures.take(grace, "emoji-picker-dark");
    grace.page().keyboard().type("party pop");
    grace.page().keyboard().press("Enter");
    assertThat(grace.picker()).isHidden();
    assertThat(chip(grace, room, "🎉")).hasAttribute("aria-pressed", "true");

    assertThat(chip(ada, room, "🎉")).hasText("🎉1");
    chip(ada, room, "🎉").click();
    for (Visitor each : new Visitor[] {ada, grace}) {
      assertThat(chip(each, room, "🎉")).hasText("🎉2");
      assertThat(chip(each, room, "🎉")).hasAttribute("aria-pressed", "true");
    }
    // What has the focus says who reacted, too: the pointer alone is to do it here.
    ada.composer(room).click();
    chip(ada, room, "🎉").hover();
    assertThat(ada.page().getByRole(AriaRole.TOOLTIP))
        .hasText("You and " + graceName + " reacted with 🎉");
    Pictures.take(ada, "reactions");
    Pictures.take(grace, "reactions-dark");

    grace.page().reload();
    assertThat(chip(grace, room, "🎉")).hasText("🎉2");
    assertThat(chip(grace, room, "🎉")).hasAttribute("aria-pressed", "true");
    chip(grace, room, "🎉").click();
    assertThat(chip(ada, room, "🎉")).hasText("🎉1");
    chip(ada, room, "🎉").click();
    for (Visitor each : new Visitor[] {ada, grace}) {
      assertThat(chip(each, room, "🎉")).hasCount(0);
    }
  }

  @Test
  void keysDoAllOfIt() {
    String room = Fresh.name("keys");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "only keys");
    Locator message = ada.message(room, "only keys");
    ada.conversation(room).focus();
    ada.page().keyboard().press("Tab");
    assertThat(message).isFocused();
    ada.page().keyboard().press("+");
    assertThat(ada.picker().getByTestId("emoji-search")).isFocused();
    Pictures.take(ada, "emoji-picker");
    ada.page().keyboard().press("Escape");
    assertThat(ada.picker()).isHidden();
    assertThat(message).isFocused();

    ada.page().keyboard().press("+");
    ada.page().keyboard().press("ArrowDown");
    ada.page().keyboard().press("ArrowRight");
    ada.page().keyboard().press("Enter");
    assertThat(chip(ada, room, "❤️")).isVisible();
    assertThat(message).isFocused();
    // The name comes first: it opens the card.
    ada.page().keyboard().press("Tab");
    ada.page().keyboard().press("Tab");
    assertThat(chip(ada, room, "❤️")).isFocused();
    assertThat(ada.page().getByRole(AriaRole.TOOLTIP)).hasText("You reacted with ❤️");
    ada.page().keyboard().press("ArrowRight");
    ada.page().keyboard().press("Enter");
    // What was used last stands first.
    ada.page().keyboard().press("ArrowDown");
    ada.page().keyboard().press("ArrowRight");
    ada.page().keyboard().press("Space");
    assertThat(chip(ada, room, "👍")).isVisible();
    ada.page().keyboard().press("ArrowLeft");
    assertThat(chip(ada, room, "👍")).isFocused();
    ada.page().keyboard().press("Space");
    assertThat(chip(ada, room, "👍")).hasCount(0);
    assertThat(message).isFocused();
    assertThat(chip(ada, room, "❤️")).isVisible();
  }

  @Test
  void aReactionThatIsRefusedGoesBackAndSaysWhy() {
    String room = Fresh.name("refused");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "popular");
    ada.page()
        .route(
            "**/reactions/*",
            route ->
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("application/problem+json")
                        .setBody("{\"type\":\"urn:tercet:problem:too-many-reactions\"}")));
    ada.does("Add a reaction", ada.message(room, "popular"));
    ada.picker().getByText("Smileys").waitFor();
    ada.page().keyboard().type("tada");
    ada.page().keyboard().press("Enter");
    assertThat(ada.page().getByText("as many different reactions as it can have")).isVisible();
    assertThat(chip(ada, room, "🎉")).hasCount(0);
    Pictures.take(ada, "reaction-refused");
  }

  @Test
  void reactionsOfADeletedMessageGoWithIt() {
    String room = Fresh.name("deleted");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "by mistake");
    ada.does("Add a reaction", ada.message(room, "by mistake"));
    ada.picker().getByText("Smileys").waitFor();
    ada.page().keyboard().type("tada");
    ada.page().keyboard().press("Enter");
    assertThat(chip(ada, room, "🎉")).isVisible();
    ada.does("Delete", ada.message(room, "by mistake"));
    ada.confirms("Delete");
    ada.sees(room, "Message deleted");
    assertThat(chip(ada, room, "🎉")).hasCount(0);
  }

  @Test
  void aFingerReactsAndSeesWhoDid() {
    String room = Fresh.name("touch");
    Visitor ada = chromium.visitor(stack, Seat.TOUCH);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.button("Open the list of rooms").click();
    ada.createsRoom(room);
    says(ada, room, "on the way");
    ada.restsAFingerOn(
        ada.conversation(room).getByText("on the way"), ada.page().getByTestId("react"));
    Pictures.take(ada, "message-actions-marks-touch");
    ada.page().getByTestId("react").tap();
    ada.picker().getByText("Smileys").waitFor();
    Pictures.take(ada, "emoji-picker-touch");
    ada.picker().getByText("🎉").first().tap();
    assertThat(chip(ada, room, "🎉")).isVisible();
    ada.restsAFingerOn(chip(ada, room, "🎉"), ada.page().getByRole(AriaRole.TOOLTIP));
    assertThat(ada.page().getByRole(AriaRole.TOOLTIP)).hasText("You reacted with 🎉");
    // To rest is not to press.
    assertThat(chip(ada, room, "🎉")).hasAttribute("aria-pressed", "true");
    Pictures.take(ada, "reactions-touch");
    assertThat(ada.widthBeyondTheWindow()).isZero();
    ada.composer(room).tap();
    chip(ada, room, "🎉").tap();
    assertThat(chip(ada, room, "🎉")).hasCount(0);
  }

  @Test
  void chineseReadersFindEmojiInTheirLanguage() {
    Visitor ada = chromium.visitor(stack, new Seat(ColorScheme.DARK, 390, 844, "zh-CN"));
    String text = Fresh.name("织机");
    ada.page().navigate("/");
    ada.page().getByLabel("你的名字").fill(Fresh.name("ada"));
    ada.page().getByLabel("你的名字").press("Enter");
    Locator conversation = ada.page().getByRole(AriaRole.LOG);
    assertThat(conversation).isVisible();
    ada.page().getByTestId("composer").fill(text);
    ada.page().getByTestId("composer").press("Enter");
    Locator row =
        conversation.getByTestId("message").filter(new Locator.FilterOptions().setHasText(text));
    assertThat(row).hasAttribute("data-seq", Pattern.compile("\\d+"));
    ada.does("添加回应", row);
    ada.picker().getByText("笑脸").waitFor();
    Pictures.take(ada, "emoji-picker-chinese-dark");
    ada.page().getByLabel("查找表情").fill("谢谢");
    ada.page().keyboard().press("Enter");
    Locator chip = row.getByTestId("reaction");
    assertThat(chip).hasText("🙏1");
    assertThat(chip).hasAttribute("aria-label", Pattern.compile("：1 人，包括你"));
    chip.hover();
    assertThat(ada.page().getByRole(AriaRole.TOOLTIP)).hasText("你 用 🙏 作出回应");
    Pictures.take(ada, "reactions-chinese-dark");
    assertThat(ada.widthBeyondTheWindow()).isZero();
  }

  private Visitor enters(Seat seat, String name, String room) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.entersAsGuest(Fresh.name(name));
    visitor.createsRoom(room);
    return visitor;
  }

  /// Until a message is in the log nobody can react to it.
  private static void says(Visitor visitor, String room, String text) {
    visitor.says(room, text);
    visitor.sees(room, text);
    assertThat(visitor.conversation(room).locator("[data-state]")).hasCount(0);
  }

  private static Locator chip(Visitor visitor, String room, String emoji) {
    return visitor.conversation(room).locator("[data-emoji='" + emoji + "']");
  }
}
