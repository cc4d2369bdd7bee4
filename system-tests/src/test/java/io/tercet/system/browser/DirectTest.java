package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People talk to one another apart from any room.
@DrivesTheStack
@Tag("browser")
class DirectTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  DirectTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aConversationIsTwoKeysAndANameAwayAndAppearsForTheOtherWithItsFirstMessage() {
    Person graceHerself = Person.registered(stack, "grace");
    Visitor grace = chromium.visitor(stack, Seat.DARK);
    grace.returnsAs(graceHerself);
    grace.seesRoom("lobby");
    Visitor ada = registered(Seat.LIGHT, "ada");
    String adasName = ada.page().locator(".me-name").textContent().strip();

    goesTo(ada, graceHerself.name());
    ada.seesRoom(graceHerself.name());
    assertThat(ada.page()).hasTitle(graceHerself.name() + " · Tercet");
    assertThat(ada.page().getByTestId("empty-room"))
        .containsText("Only you and " + graceHerself.name());
    assertThat(ada.page().getByTestId("empty-room").getByText("Invite somebody")).hasCount(0);
    Pictures.take(ada, "direct-empty");
    assertThat(item(grace, adasName)).hasCount(0);

    ada.says(graceHerself.name(), "do you have a minute?");
    assertThat(item(grace, adasName)).containsText("1");
    assertThat(item(grace, adasName).locator(".room-item-mentions")).hasText("1");
    assertThat(grace.page()).hasTitle(Pattern.compile("^\\(1\\) "));
    Pictures.take(grace, "direct-unread-dark");
    item(grace, adasName).click();
    grace.sees(adasName, "do you have a minute?");
    assertThat(item(grace, adasName).locator(".room-item-mentions")).hasCount(0);
    grace.says(adasName, "yes, what is it?");
    ada.sees(graceHerself.name(), "yes, what is it?");

    ada.page().getByTestId("people-here").click();
    assertThat(ada.page().getByTestId("leave-room")).hasCount(0);
    assertThat(ada.page().getByTestId("add-person-name")).hasCount(0);
    Pictures.take(ada, "direct");

    String address = ada.page().url();
    ada.page().reload();
    ada.sees(graceHerself.name(), "yes, what is it?");
    assertThat(ada.page()).hasURL(address);

    // The same two people always have the same one, whoever begins it and however.
    grace.opens("lobby");
    grace.seesRoom("lobby");
    goesTo(grace, adasName);
    grace.sees(adasName, "do you have a minute?");
    assertThat(grace.page()).hasURL(address);
  }

  @Test
  void aCardLeadsToAConversation() {
    Person grace = Person.registered(stack, "grace");
    Visitor ada = registered(Seat.LIGHT, "ada");
    String room = Fresh.name("loom");
    ada.createsRoom(room);
    String roomId = ada.page().url().replaceAll(".*/rooms/", "");
    grace.joins(roomId);
    ada.page().getByTestId("people-here").click();
    ada.page()
        .getByTestId("person")
        .filter(new Locator.FilterOptions().setHasText(grace.name()))
        .click();
    ada.page().getByTestId("card-message").click();
    ada.seesRoom(grace.name());
    assertThat(ada.page().getByTestId("person-card")).isHidden();
    assertThat(item(ada, grace.name())).hasAttribute("aria-current", "page");
  }

  @Test
  void severalPeopleAreChosenInTheDialogByKeys() {
    Person grace = Person.registered(stack, "grace");
    Person alan = Person.registered(stack, "alan");
    Visitor ada = registered(Seat.LIGHT, "ada");
    ada.page().getByTestId("conversation").focus();
    ada.page().keyboard().press("n");
    Locator field = ada.page().getByTestId("new-message-person");
    assertThat(field).isFocused();
    field.fill(grace.name());
    assertThat(ada.page().getByTestId("found-person")).containsText(grace.name());
    field.press(",");
    field.fill(alan.name());
    assertThat(ada.page().getByTestId("found-person")).containsText(alan.name());
    Pictures.take(ada, "direct-new");
    field.press("Enter");
    Locator header = ada.page().locator(".room-header");
    assertThat(header).containsText(grace.name());
    assertThat(header).containsText(alan.name());
    ada.page().getByTestId("composer").fill("the three of us");
    ada.page().getByTestId("composer").press("Enter");
    assertThat(ada.page().getByTestId("message")).containsText("the three of us");
    Pictures.take(ada, "direct-three");
  }

  @Test
  void chineseReadersTalkToOneAnotherOnAPhone() {
    Person grace = Person.registered(stack, "小红");
    Person person = Person.registered(stack, "小明");
    Visitor ada = chromium.visitor(stack, new Seat(ColorScheme.DARK, 390, 844, "zh-CN"));
    ada.returnsAs(person);
    ada.page().locator(".menu-button").click();
    assertThat(ada.page().getByTestId("room-list")).containsText("私聊");
    Pictures.take(ada, "direct-none-chinese-narrow");
    ada.page().getByTestId("new-message").click();
    ada.page().getByTestId("new-message-person").fill(grace.name());
    ada.page().getByTestId("found-person").click();
    Pictures.take(ada, "direct-new-chinese-narrow");
    ada.page().getByTestId("new-message-open").click();
    assertThat(ada.page().getByTestId("empty-room")).containsText(grace.name());
    Pictures.take(ada, "direct-chinese-narrow");
    assertThat(ada.widthBeyondTheWindow()).isZero();
  }

  private static void goesTo(Visitor visitor, String name) {
    visitor.page().keyboard().press("Control+k");
    assertThat(visitor.page().getByTestId("switcher")).isFocused();
    visitor.page().keyboard().type(name);
    visitor.page().keyboard().press("Enter");
  }

  private Visitor registered(Seat seat, String name) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.registers(Fresh.name(name));
    visitor.seesRoom("lobby");
    return visitor;
  }

  /// A conversation in the list, by the other's name.
  private static Locator item(Visitor visitor, String name) {
    return visitor
        .page()
        .getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Rooms"))
        .getByTestId("room-" + name);
  }
}
