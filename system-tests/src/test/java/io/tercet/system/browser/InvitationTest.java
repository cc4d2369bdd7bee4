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
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Names with blanks, names that look alike, and invitations, in two browsers.
@DrivesTheStack
@Tag("browser")
class InvitationTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  InvitationTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void somebodyWithBlanksInTheirNameIsInvitedAndComesIn() {
    String ending = Fresh.name("Smith");
    String room = Fresh.name("plans");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.registers(Fresh.name("Ada"));
    Visitor john = chromium.visitor(stack, Seat.NARROW);
    john.page().navigate("/");
    john.page().getByLabel("Your name").fill("John " + ending);
    assertThat(john.page().getByText("Others find you as John." + ending)).isVisible();
    Pictures.take(john, "name-with-blanks");
    john.button("Enter").click();
    assertThat(john.page().getByRole(AriaRole.LOG)).isVisible();

    ada.createsPrivateRoom(room);
    ada.invites("John " + ending);
    assertThat(ada.page().getByText("John " + ending + " is invited")).isVisible();
    assertThat(ada.page().getByRole(AriaRole.HEADING, heading("Invited"))).isVisible();
    Pictures.take(ada, "invited");

    assertThat(john.page().locator(".shell-invited")).isVisible();
    Pictures.take(john, "invited-narrow");
    john.button("Open the list of rooms").click();
    Locator join = john.button("Join " + room);
    assertThat(join).isVisible();
    assertThat(john.widthBeyondTheWindow()).isZero();
    Pictures.take(john, "invitation-narrow");
    join.focus();
    john.page().keyboard().press("Enter");
    john.seesRoom(room);
    john.says(room, "Here I am.");
    ada.sees(room, "John " + ending + " joined");
    ada.sees(room, "Here I am.");
    assertThat(ada.page().getByRole(AriaRole.HEADING, heading("Invited"))).isHidden();
    Pictures.take(ada, "display-name");
  }

  @Test
  void whoInvitesTooOftenIsBlockedAndUnblocked() {
    Person mallory = Person.registered(stack, "mallory");
    String name = Fresh.name("grace");
    Visitor grace = chromium.visitor(stack, Seat.CHINESE);
    grace.page().navigate("/");
    grace.page().getByLabel("你的名字").fill(name);
    grace.page().getByLabel("你的名字").press("Enter");
    assertThat(grace.page().getByRole(AriaRole.LOG)).isVisible();
    String graceId =
        mallory
            .browser()
            .get("/api/people?name=" + name)
            .json()
            .path("people")
            .path(0)
            .path("personId")
            .asString();
    for (int i = 0; i < 3; i++) {
      assertThat(invite(mallory, mallory.createsRoom("spam", "private"), graceId)).isEqualTo(202);
    }
    assertThat(grace.button("屏蔽 " + mallory.name())).hasCount(3);
    grace.button("屏蔽 " + mallory.name()).first().click();
    Pictures.take(grace, "block-chinese");
    grace.dialog().getByRole(AriaRole.BUTTON, Visitor.exactly("屏蔽")).click();
    assertThat(grace.button("屏蔽 " + mallory.name())).hasCount(0);
    assertThat(invite(mallory, mallory.createsRoom("spam", "private"), graceId)).isEqualTo(403);

    grace.page().getByTestId("people-here").click();
    grace.button("已屏蔽的人").click();
    grace.button("取消屏蔽 " + mallory.name()).click();
    assertThat(grace.dialog().getByText("你没有屏蔽任何人。")).isVisible();
    Pictures.take(grace, "blocked-chinese");
    assertThat(invite(mallory, mallory.createsRoom("spam", "private"), graceId)).isEqualTo(202);
  }

  @Test
  void aNameThatLooksLikeAnotherIsRefusedWithThatName() {
    String name = Fresh.name("modern");
    Person.registered(stack, "grace");
    Visitor first = chromium.visitor(stack, Seat.LIGHT);
    first.registers(name);
    assertThat(first.page().getByRole(AriaRole.LOG)).isVisible();
    Visitor second = chromium.visitor(stack, Seat.DARK);
    second.entersAsGuest(name.replace("rn", "m"));
    assertThat(second.page().getByRole(AriaRole.ALERT))
        .containsText("This name looks too much like " + name);
    Pictures.take(second, "name-resembles");
  }

  private static int invite(Person inviter, String roomId, String personId) {
    return inviter
        .browser()
        .send("PUT", "/api/rooms/" + roomId + "/members/" + personId, BodyPublishers.noBody())
        .status();
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
