package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a message looks like, and what can be done with one.
@DrivesTheStack
@Tag("browser")
class MessagesTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  MessagesTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aLinkToAMessageOpensInPlace() {
    String room = Fresh.name("linked");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    ada.says(room, "the plan.");
    for (int i = 0; i < 150; i++) {
      ada.says(room, "line " + i + ".");
    }
    ada.sees(room, "line 149.");
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    ada.conversation(room).evaluate("(log) => { log.scrollTop = 0 }");
    Locator plan = ada.conversation(room).getByText("the plan.");
    plan.hover();
    ada.button("Copy link").click();
    assertThat(ada.button("Copy link").locator("xpath=..")).containsText("Copied");
    String link = ada.page().evaluate("navigator.clipboard.readText()").toString();

    ada.says(room, "[here](" + link + ")");
    assertThat(plan).not().isInViewport();
    ada.conversation(room).getByRole(AriaRole.LINK, Visitor.exactly("here")).click();
    assertThat(plan).isInViewport();
    assertThat(message(plan)).isFocused();
    assertThat(ada.page().context().pages()).hasSize(1);
    Pictures.take(ada, "linked-message");

    Visitor grace = chromium.visitor(stack, Seat.DARK);
    grace.entersAsGuest(Fresh.name("grace"));
    grace.joins(room);
    grace.page().navigate("about:blank");
    grace.page().navigate(link);
    Locator samePlan = grace.conversation(room).getByText("the plan.");
    assertThat(samePlan).isInViewport();
    grace.button("Jump to the newest").click();
    assertThat(grace.conversation(room).getByText("here")).isInViewport();
  }

  @Test
  void theMessagesAreOneStopForTheTabKeyAndShowWhatCanBeDone() {
    String room = Fresh.name("keys");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    ada.says(room, "**one**");
    ada.says(room, "two");
    ada.sees(room, "two");
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    ada.conversation(room).focus();
    ada.page().keyboard().press("Tab");
    assertThat(message(ada.conversation(room).getByText("two"))).isFocused();
    ada.page().keyboard().press("ArrowUp");
    assertThat(message(ada.conversation(room).getByText("one"))).isFocused();
    assertThat(ada.button("Add a reaction")).isVisible();
    // The name comes first: it opens the card.
    ada.page().keyboard().press("Tab");
    ada.page().keyboard().press("Tab");
    assertThat(ada.button("Add a reaction")).isFocused();
    ada.page().keyboard().press("ArrowRight");
    assertThat(ada.button("Reply")).isFocused();
    ada.page().keyboard().press("ArrowRight");
    assertThat(ada.button("Edit")).isFocused();
    ada.page().keyboard().press("ArrowRight");
    assertThat(ada.button("Copy text")).isFocused();
    ada.page().keyboard().press("Enter");
    assertThat(ada.button("Copy text").locator("xpath=..")).containsText("Copied");
    assertThat(ada.page().evaluate("navigator.clipboard.readText()")).isEqualTo("**one**");
  }

  @Test
  void anEmptyRoomSaysWhatItIsForAndWhereToBegin() {
    String room = Fresh.name("empty");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    Locator empty = ada.page().getByTestId("empty-room");
    assertThat(empty).containsText("Everybody here can find this room");
    ada.page().waitForFileChooser(() -> ada.button("Share a file").click());
    empty.getByRole(AriaRole.BUTTON, Visitor.exactly("Invite somebody")).click();
    assertThat(ada.page().getByLabel("Invite somebody")).isVisible();
    ada.says(room, "first");
    assertThat(empty).isHidden();
  }

  private static Locator message(Locator text) {
    return text.locator("xpath=ancestor::li[@data-testid='message']");
  }
}
