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

/// What everybody should find again is pinned.
@DrivesTheStack
@Tag("browser")
class PinsTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  PinsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aPinIsSeenByAllAtOnceAndAfterAReloadUntilItEnds() {
    String room = Fresh.name("pins");
    Visitor ada = registered(Seat.LIGHT, room);
    Visitor grace = chromium.visitor(stack, Seat.DARK);
    grace.entersAsGuest(Fresh.name("grace"));
    grace.joins(room);
    says(ada, room, "the plan is on page 7");
    grace.page().getByTestId("pins-panel-toggle").click();
    assertThat(grace.page().getByTestId("no-pins")).containsText("Nothing is pinned here.");

    ada.does("Pin for everybody", ada.message(room, "the plan is on page 7"));
    assertThat(ada.message(room, "the plan is on page 7")).containsText("Pinned by ada");
    assertThat(grace.message(room, "the plan is on page 7")).containsText("Pinned by ada");
    assertThat(grace.page().getByTestId("pin-entry")).containsText("pinned a message");
    Locator pin = grace.page().getByTestId("pin");
    assertThat(pin).containsText("the plan is on page 7");
    assertThat(pin.getByTestId("pin-end")).hasCount(0);
    grace.message(room, "the plan is on page 7").hover();
    assertThat(grace.button("Add a reaction").first()).isVisible();
    assertThat(grace.button("Unpin")).hasCount(0);
    ada.page().getByTestId("pins-panel-toggle").click();
    assertThat(ada.page().getByTestId("pin-end")).isVisible();
    Pictures.take(ada, "pins");
    Pictures.take(grace, "pins-dark");

    grace.page().reload();
    assertThat(grace.message(room, "the plan is on page 7")).containsText("Pinned by ada");
    grace.page().getByTestId("pins-panel-toggle").click();
    ada.does("Edit", ada.message(room, "the plan is on page 7"));
    ada.editor().fill("the plan is on page 8");
    ada.editor().press("Enter");
    assertThat(grace.page().getByTestId("pin")).containsText("the plan is on page 8");

    ada.page().getByTestId("pin-end").click();
    assertThat(ada.page().getByTestId("no-pins")).containsText("choose “Pin”");
    assertThat(grace.page().getByTestId("no-pins")).isVisible();
    assertThat(grace.page().getByTestId("pinned")).hasCount(0);
    Pictures.take(ada, "no-pins");
  }

  @Test
  void aPinLeadsToItsMessageHoweverFarBack() {
    String room = Fresh.name("far");
    Visitor ada = registered(new Seat(ColorScheme.LIGHT, 390, 844, "en-GB"), room);
    says(ada, room, "begin here");
    ada.does("Pin for everybody", ada.message(room, "begin here"));
    assertThat(ada.message(room, "begin here")).containsText("Pinned by ada");
    for (int line = 0; line < 60; line++) {
      ada.says(room, "line " + line + ".");
    }
    ada.sees(room, "line 59.");
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    ada.page().reload();
    ada.sees(room, "line 59.");
    for (int i = 0; i < 2; i++) {
      ada.page().getByTestId("pins-panel-toggle").click();
      assertThat(ada.page().getByTestId("pin-jump")).isVisible();
      Pictures.take(ada, "pins-narrow");
      ada.page().getByTestId("pin-jump").click();
      // Where it covers the conversation, the panel goes.
      assertThat(ada.page().getByTestId("pins")).isHidden();
      assertThat(ada.message(room, "begin here")).isInViewport();
      assertThat(ada.message(room, "begin here")).isFocused();
      ada.button("Jump to the newest").click();
      assertThat(ada.message(room, "begin here")).not().isInViewport();
    }
    assertThat(ada.widthBeyondTheWindow()).isZero();
  }

  @Test
  void chineseReadersPinInTheirLanguage() {
    String room = Fresh.name("织机");
    Person person = Person.registered(stack, "ada");
    person.createsRoom(room);
    Visitor ada = chromium.visitor(stack, new Seat(ColorScheme.DARK, 1_280, 800, "zh-CN"));
    ada.returnsAs(person);
    ada.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(room)).click();
    String text = Fresh.name("计划");
    ada.page().getByTestId("composer").fill(text);
    ada.page().getByTestId("composer").press("Enter");
    Locator row =
        ada.page().getByTestId("message").filter(new Locator.FilterOptions().setHasText(text));
    assertThat(row).hasAttribute("data-seq", Pattern.compile("\\d+"));
    ada.does("置顶给所有人", row);
    assertThat(row.getByTestId("pinned")).containsText("置顶");
    ada.page().getByTestId("pins-panel-toggle").click();
    assertThat(ada.page().getByTestId("pin")).containsText(text);
    Pictures.take(ada, "pins-chinese-dark");
    assertThat(ada.widthBeyondTheWindow()).isZero();
  }

  private Visitor registered(Seat seat, String room) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.registers(Fresh.name("ada"));
    if (seat.width() < 768) {
      visitor.button("Open the list of rooms").click();
    }
    visitor.createsRoom(room);
    return visitor;
  }

  private static void says(Visitor visitor, String room, String text) {
    visitor.says(room, text);
    visitor.sees(room, text);
    assertThat(visitor.conversation(room).locator("[data-state]")).hasCount(0);
  }
}
