package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Json;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Service;
import io.tercet.system.stack.Stack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// chat-service dies while somebody has the page open, and comes back.
@DrivesTheStack
@Tag("browser")
@Tag("process")
@Order(Integer.MAX_VALUE - 1)
class SurvivesARestartTest {

  private static final Pattern NOT_CONNECTED =
      Pattern.compile("Reconnecting|Connecting|No connection");

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  SurvivesARestartTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void thePageSaysWhatItIsDoingAndCatchesUpWithoutAReload() {
    Person grace = Person.guest(stack, "grace");
    String roomId = grace.createsRoom("restart");
    String room = grace.browser().get("/api/rooms/" + roomId).json().path("name").asString();
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.joins(room);
    ada.says(room, "before");
    ada.sees(room, "before");
    ada.page().evaluate("window.sameDocument = true");
    Locator status = ada.page().getByRole(AriaRole.STATUS);
    assertThat(status.getByText("Connected")).isVisible();

    stack.killable().kill(Service.CHAT);

    assertThat(status.getByText(NOT_CONNECTED)).isVisible();
    ada.says(room, "written while nobody listened");
    stack.killable().awaitAnswering(Service.CHAT);
    try (var socket = ChatClient.browser(grace)) {
      socket.post(roomId, "after", "said after the restart");
    }
    ada.sees(room, "said after the restart");
    assertThat(status.getByText("Connected")).isVisible();
    assertThat(ada.conversation(room).getByText("written while nobody listened")).hasCount(1);
    assertThat(ada.page().evaluate("window.sameDocument")).isEqualTo(true);
    assertThat(grace.readsLog(roomId).stream().map(Json::write))
        .filteredOn(entry -> entry.contains("written while nobody listened"))
        .hasSize(1);
  }
}
