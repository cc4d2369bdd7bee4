package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever a finger may point at is large enough for it.
@DrivesTheStack
@Tag("browser")
class TouchTargetsTest {

  /// The names and sizes of what can be pointed at and has less than 44 pixels either way. Links in
  /// what somebody wrote are as high as their line, and a page that scrolls is no target; what only
  /// screen readers see is no target either.
  private static final String TOO_SMALL =
      """
      () => [...document.querySelectorAll(
          'a[href], button, input, select, textarea, [role=button], [role=option]')]
        .filter((target) => !target.closest('.message-text, .row-note:not(.row-note-folded)'))
        .filter((target) => target.checkVisibility({ visibilityProperty: true }))
        .map((target) => ({ target, box: target.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && box.bottom > 0 && box.right > 0)
        .filter(({ box }) => box.top < innerHeight && box.left < innerWidth)
        .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
        .map(({ target, box }) =>
          `${target.ariaLabel ?? target.textContent}: ${box.width} x ${box.height}`)
      """;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  TouchTargetsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void ofARoomAndAllThatOpensInIt() {
    Person grace = Person.guest(stack, "grace");
    String room = Fresh.name("fingers");
    Visitor ada = chromium.visitor(stack, Seat.TOUCH);
    ada.entersAsGuest(Fresh.name("ada"));
    areLargeEnough(ada);
    ada.button("Open the list of rooms").tap();
    areLargeEnough(ada);
    ada.createsRoom(room);
    areLargeEnough(ada);
    String roomId = ada.page().url().replaceAll(".*#/rooms/", "");
    grace.joins(roomId);
    grace.leaves(roomId);
    assertThat(ada.page().getByTestId("memberships")).isVisible();
    ada.says(room, "something to point at");
    ada.pastesAPicture(room);
    ada.drops(ada.conversation(room), "plan.txt", "text/plain", new byte[] {42});
    assertThat(ada.attachments("uploaded")).hasCount(2);
    areLargeEnough(ada);
    ada.button("Send").tap();
    assertThat(ada.conversation(room).getByLabel("Download plan.txt")).isVisible();
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    areLargeEnough(ada);
    ada.pictures(room).tap();
    assertThat(ada.lightbox()).isVisible();
    areLargeEnough(ada);
    ada.lightbox().getByLabel("Close").tap();
    assertThat(ada.lightbox()).isHidden();

    Locator text = ada.conversation(room).getByText("something to point at");
    ada.restsAFingerOn(text, ada.button("Delete"));
    areLargeEnough(ada);
    ada.button("Add a reaction").tap();
    assertThat(ada.picker().getByTestId("emoji-search")).isVisible();
    areLargeEnough(ada);
    ada.picker().getByText("🎉").first().tap();
    assertThat(ada.page().getByTestId("reaction")).isVisible();
    areLargeEnough(ada);
    // The focus is back at the message, which therefore shows its bar.
    ada.button("Edit").tap();
    assertThat(ada.editor()).isVisible();
    areLargeEnough(ada);
    ada.button("Cancel").tap();
    // The focus is back at the message, which therefore shows its bar.
    ada.button("Delete").tap();
    assertThat(ada.dialog()).isVisible();
    areLargeEnough(ada);
    ada.confirms("Cancel");

    ada.button("Formatting").tap();
    assertThat(ada.page().getByRole(AriaRole.TOOLBAR, named("Formatting"))).isVisible();
    areLargeEnough(ada);
    ada.page().getByTestId("people-here").tap();
    assertThat(ada.page().getByLabel("Invite somebody")).isVisible();
    areLargeEnough(ada);
    ada.button("Close").tap();
    ada.page().getByTestId("files-panel-toggle").tap();
    assertThat(ada.button("New folder")).isVisible();
    areLargeEnough(ada);
  }

  @Test
  void ofWhatIsUnread() {
    Person grace = Person.guest(stack, "grace");
    String roomId = grace.createsRoom("unread");
    Visitor ada = chromium.visitor(stack, Seat.TOUCH);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.page().navigate("/#/rooms/" + roomId);
    ada.button("Join").tap();
    assertThat(ada.page().getByTestId("composer")).isVisible();
    ada.button("Open the list of rooms").tap();
    ada.opens("lobby");
    for (int i = 0; i < 40; i++) {
      Map<String, String> message = Map.of("clientMessageId", Fresh.name("m"), "text", "line " + i);
      grace.browser().post("/api/rooms/" + roomId + "/messages", message).expect(201);
    }
    ada.button("Open the list of rooms").tap();
    assertThat(ada.button("Mark all rooms as read")).isVisible();
    areLargeEnough(ada);
    ada.button("Mark all rooms as read").tap();
    assertThat(ada.button("Undo")).isVisible();
    areLargeEnough(ada);
    ada.button("Undo").tap();
    ada.page().navigate("/#/rooms/" + roomId);
    ada.page().getByTestId("to-newest").tap();
    assertThat(ada.page().getByTestId("unread-above")).isVisible();
    areLargeEnough(ada);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  static void areLargeEnough(Visitor visitor) {
    assertThat((List<?>) visitor.page().evaluate(TOO_SMALL)).as("too small").isEmpty();
  }
}
