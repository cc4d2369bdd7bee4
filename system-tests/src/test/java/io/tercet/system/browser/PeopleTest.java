package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People are called, and look, as they want; others see it at once.
@DrivesTheStack
@Tag("browser")
class PeopleTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  PeopleTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aProfileIsSeenByOthersAtOnceAndOpensAsACard() {
    String room = Fresh.name("people");
    String name = Fresh.name("ada");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.registers(name);
    ada.createsRoom(room);
    Visitor grace = chromium.visitor(stack, Seat.DARK);
    grace.entersAsGuest(Fresh.name("grace"));
    grace.joins(room);
    ada.says(room, "good morning");
    grace.sees(room, "good morning");

    Locator profile = opensProfile(ada, "Your profile");
    profile.getByTestId("picture-file").setInputFiles(picture());
    Locator crop = profile.getByTestId("crop");
    assertThat(crop).isVisible();
    crop.focus();
    crop.press("+");
    crop.press("ArrowRight");
    profile.getByTestId("display-name").fill("Ada Lovelace");
    profile.getByTestId("status-emoji").click();
    ada.picker().getByTestId("emoji-search").fill("palm");
    ada.picker().getByText("🌴").first().click();
    profile.getByTestId("status-text").fill("On leave by the sea");
    profile.getByTestId("status-until").selectOption("week");
    Pictures.take(ada, "profile");
    profile.getByTestId("save-profile").click();
    assertThat(profile).isHidden();

    Locator message = grace.message(room, "good morning");
    Locator sender = message.locator(".message-sender");
    assertThat(sender).containsText("Ada Lovelace");
    assertThat(sender).containsText(name);
    assertThat(message.locator(".avatar-picture")).isVisible();
    assertThat(message.locator(".status-sign")).hasAttribute("aria-label", "On leave by the sea");
    sender.click();
    Locator card = grace.page().getByTestId("person-card");
    assertThat(card).containsText("@" + name);
    assertThat(card.getByTestId("card-status")).containsText("On leave by the sea");
    assertThat(card.getByTestId("card-time")).containsText("where they are");
    assertThat(card.locator(".avatar-picture")).hasJSProperty("naturalWidth", 256);
    Pictures.take(grace, "card-dark");
    grace.page().keyboard().press("Escape");
    assertThat(card).isHidden();
    assertThat(sender).isFocused();

    sender.press("Enter");
    card.getByTestId("card-mention").click();
    assertThat(grace.composer(room)).hasValue("@" + name + " ");
    assertThat(grace.composer(room)).isFocused();
    grace.composer(room).pressSequentially("have fun");
    grace.composer(room).press("Enter");
    Locator mention = ada.message(room, "have fun").locator(".mention");
    assertThat(mention).hasText("@Ada Lovelace");
    mention.click();
    assertThat(ada.page().getByTestId("person-card").getByTestId("edit-profile")).isVisible();
    Pictures.take(ada, "card-own");
    ada.page().getByTestId("edit-profile").click();

    Locator again = ada.dialog();
    again.getByTestId("remove-picture").click();
    again.getByTestId("status-clear").click();
    again.getByTestId("display-name").fill("");
    again.getByTestId("save-profile").click();
    assertThat(again).isHidden();
    assertThat(sender).hasText(name);
    assertThat(message.locator(".avatar-picture")).hasCount(0);
    assertThat(message.locator(".status-sign")).hasCount(0);
  }

  @Test
  void whatIsNoPictureAndNamesOfOthersAreRefusedAndNothingIsLost() {
    Person taken = Person.registered(stack, "grace");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.registers(Fresh.name("ada"));
    ada.seesRoom("lobby");
    Locator profile = opensProfile(ada, "Your profile");
    profile
        .getByTestId("picture-file")
        .setInputFiles(new FilePayload("cat.png", "image/png", "no picture".getBytes()));
    assertThat(profile.getByRole(AriaRole.ALERT)).containsText("cannot be read");
    profile.getByTestId("display-name").fill(taken.name());
    profile.getByTestId("status-text").fill("Here");
    profile.getByTestId("save-profile").click();
    assertThat(profile.getByRole(AriaRole.ALERT)).containsText("belongs to somebody else");
    assertThat(profile.getByTestId("status-text")).hasValue("Here");
    profile.getByTestId("display-name").fill("");
    profile.getByTestId("save-profile").click();
    assertThat(profile).isHidden();
    assertThat(ada.page().locator(".me .status-sign")).hasAttribute("aria-label", "Here");
  }

  @Test
  void chineseReadersHaveAProfileOnAPhone() {
    Person person = Person.registered(stack, "小明");
    Visitor ada = chromium.visitor(stack, new Seat(ColorScheme.LIGHT, 390, 844, "zh-CN"));
    ada.returnsAs(person);
    ada.page().locator(".menu-button").click();
    ada.page().getByTestId("account").click();
    ada.page().getByTestId("profile").click();
    Locator profile = ada.dialog();
    assertThat(profile).containsText("个人资料");
    profile.getByTestId("picture-file").setInputFiles(picture());
    profile.getByTestId("display-name").fill("小明 同学");
    profile.getByTestId("status-text").fill("在休假");
    Pictures.take(ada, "profile-chinese-narrow");
    profile.getByTestId("save-profile").click();
    assertThat(profile).isHidden();
    assertThat(ada.page().locator(".me-name")).containsText("小明 同学");
    assertThat(ada.page().locator(".me .avatar-picture")).isVisible();
    ada.page().locator(".side .button-icon.narrow-only").click();
    ada.page().getByTestId("people-here").click();
    ada.page()
        .getByTestId("person")
        .filter(new Locator.FilterOptions().setHasText("小明 同学"))
        .last()
        .click();
    assertThat(ada.page().getByTestId("person-card")).containsText("编辑个人资料");
    Pictures.take(ada, "card-chinese-narrow");
    assertThat(ada.widthBeyondTheWindow()).isZero();
  }

  private static Locator opensProfile(Visitor visitor, String title) {
    visitor.opensAccount().getByRole(AriaRole.MENUITEM, Visitor.exactly(title)).click();
    Locator profile = visitor.dialog().filter(new Locator.FilterOptions().setHasText(title));
    assertThat(profile.getByTestId("display-name")).hasValue(Pattern.compile(".+"));
    return profile;
  }

  /// An orange disc on blue, wider than high.
  private static FilePayload picture() {
    BufferedImage image = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(new Color(0x2563eb));
    canvas.fillRect(0, 0, 640, 400);
    canvas.setColor(new Color(0xf59e0b));
    canvas.fillOval(240, 120, 160, 160);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new FilePayload("me.png", "image/png", bytes.toByteArray());
  }
}
