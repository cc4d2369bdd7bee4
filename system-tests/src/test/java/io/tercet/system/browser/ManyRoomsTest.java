package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A person in hundreds of rooms, rooms of others that are looked for, and rooms with many members.
@DrivesTheStack
@Tag("browser")
class ManyRoomsTest {

  private static final int OWN_ROOMS = 300;

  /// More than the page keeps the entries of.
  private static final int ROOMS_LOOKED_AT = 33;

  /// More than a page of a list of public rooms has.
  private static final int ROOMS_OF_OTHERS = 55;

  private static final int GUESTS = 200;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  ManyRoomsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void somebodyInHundredsOfRoomsHasAllOfThemAndMissesNothing() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String word = Fresh.name("many");
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < OWN_ROOMS; i++) {
      rooms.add(create(ada, word + "-" + (100 + i)));
    }
    Visitor visitor = chromium.visitor(stack, Seat.LIGHT);
    visitor.returnsAs(ada);
    Locator list =
        visitor
            .page()
            .getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Rooms"))
            .getByRole(AriaRole.LISTITEM);
    // And the lobby.
    assertThat(list).hasCount(OWN_ROOMS + 1);
    assertThat(visitor.page().getByRole(AriaRole.STATUS).getByText("Connected")).isVisible();
    Pictures.take(visitor, "many-rooms");

    Room first = rooms.getFirst();
    Room last = rooms.getLast();
    grace.joins(first.id());
    grace.joins(last.id());
    say(grace, first, "early", "said in the first room");
    say(grace, last, "late", "said in the last room");
    // The server sends this one as it comes.
    assertThat(unread(visitor, first)).isVisible();
    // It does not send the other one: more rooms are not subscribed. A new list says it.
    visitor.createsRoom(Fresh.name("another"));
    assertThat(unread(visitor, last)).isVisible();

    visitor.opens(first.name());
    visitor.sees(first.name(), "said in the first room");
    visitor.opens(last.name());
    visitor.sees(last.name(), "said in the last room");
    assertThat(unread(visitor, last)).isHidden();
    for (Room room : rooms.subList(1, ROOMS_LOOKED_AT)) {
      visitor.opens(room.name());
      assertThat(visitor.conversation(room.name()).getByText("joined")).isVisible();
    }
    say(grace, first, "meanwhile", "said while nobody looked");
    assertThat(unread(visitor, first)).hasText(Pattern.compile("1 unread message"));
    visitor.opens(first.name());
    for (String text : List.of("said in the first room", "said while nobody looked")) {
      assertThat(visitor.conversation(first.name()).getByText(text)).hasCount(1);
    }
    assertThat(visitor.page().getByRole(AriaRole.STATUS).getByText("Connected")).isVisible();
  }

  @Test
  void roomsAreFoundWhileOneTypesAndOpenedByKeyboard() {
    Person grace = Person.registered(stack, "grace");
    String word = Fresh.name("open").replace("-", "");
    for (int i = 0; i < ROOMS_OF_OTHERS; i++) {
      create(grace, word + "-" + (100 + i));
    }
    String chinese = "项目讨论" + word;
    create(grace, chinese);
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.seesRoom("lobby");

    Locator box = ada.looksForRooms(word.toUpperCase(Locale.ROOT) + " 1");
    Locator options = ada.dialog().getByRole(AriaRole.OPTION);
    assertThat(ada.dialog().getByText("The first 50 rooms")).isVisible();
    Pictures.take(ada, "browse-rooms");
    ada.button("Show more").click();
    assertThat(options).hasCount(ROOMS_OF_OTHERS);
    box.fill("nothing is called like this");
    assertThat(ada.dialog().getByText("There is no such room.")).isVisible();

    ada.page().route("**/api/rooms?scope=public**", Route::abort);
    box.fill("讨论" + word);
    assertThat(ada.dialog().getByRole(AriaRole.ALERT)).isVisible();
    Pictures.take(ada, "browse-rooms-failed");
    ada.page().unroute("**/api/rooms?scope=public**");
    ada.button("Try again").click();
    assertThat(ada.found(chinese)).isVisible();
    box.press("Escape");
    assertThat(ada.dialog()).isHidden();

    ada.looksForRooms(word + "-10");
    assertThat(options).hasCount(10);
    assertThat(options.first()).hasAttribute("aria-selected", "true");
    box.press("ArrowDown");
    box.press("ArrowDown");
    box.press("ArrowUp");
    assertThat(options.nth(1)).hasAttribute("aria-selected", "true");
    box.press("Enter");
    ada.button("Join").click();
    ada.seesRoom(word + "-101");
    ada.looksForRooms(word + "-101");
    assertThat(ada.found(word + "-101").getByText("You are in it")).isVisible();

    for (Seat seat : List.of(Seat.DARK, Seat.PHONE, Seat.CHINESE)) {
      Visitor visitor = chromium.visitor(stack, seat);
      visitor.returnsAs(grace);
      if (seat == Seat.PHONE) {
        visitor.button("Open the list of rooms").click();
      }
      visitor.page().getByTestId("browse-rooms").click();
      visitor.dialog().getByRole(AriaRole.COMBOBOX).fill("讨论" + word);
      assertThat(visitor.found(chinese)).hasCount(1);
      Pictures.take(visitor, "browse-rooms-" + name(seat));
      assertThat(visitor.widthBeyondTheWindow()).isZero();
    }
  }

  @Test
  void manyWhoComeInARowAreOneLine() {
    Person ada = Person.registered(stack, "ada");
    Room room = create(ada, Fresh.name("crowd"));
    for (int i = 0; i < GUESTS; i++) {
      Person.guest(stack, "guest").joins(room.id());
    }
    Person bob = Person.guest(stack, "bob");
    bob.joins(room.id());
    bob.leaves(room.id());
    for (Seat seat : List.of(Seat.LIGHT, Seat.DARK, Seat.PHONE, Seat.CHINESE)) {
      Visitor visitor = chromium.visitor(stack, seat);
      visitor.returnsAs(ada);
      visitor.page().navigate("/#/rooms/" + room.id());
      Locator line = visitor.page().getByTestId("memberships");
      assertThat(line).hasCount(1);
      Locator fold = line.getByRole(AriaRole.BUTTON);
      assertThat(fold)
          .hasText(
              Pattern.compile(
                  seat == Seat.CHINESE
                      ? " 等 201 人 加入了房间；" + bob.name() + " 加入后又离开了房间"
                      : " and 199 others joined; " + bob.name() + " joined and left"));
      Pictures.take(visitor, "crowd-" + name(seat));
      fold.focus();
      visitor.page().keyboard().press("Enter");
      assertThat(fold).hasAttribute("aria-expanded", "true");
      assertThat(line.getByRole(AriaRole.LISTITEM)).hasCount(GUESTS + 3);
      assertThat(visitor.widthBeyondTheWindow()).isZero();
      Pictures.take(visitor, "crowd-open-" + name(seat));
    }
  }

  private record Room(String id, String name) {}

  private static Room create(Person person, String name) {
    Map<String, String> room = Map.of("name", name, "topic", "About " + name);
    String id =
        person.browser().post("/api/rooms", room).expect(201).json().path("roomId").asString();
    return new Room(id, name);
  }

  private static void say(Person person, Room room, String clientMessageId, String text) {
    try (var socket = ChatClient.browser(person)) {
      socket.post(room.id(), clientMessageId, text);
    }
  }

  /// What the list says about unread messages of a room.
  private static Locator unread(Visitor visitor, Room room) {
    return visitor
        .page()
        .getByTestId("room-" + room.name())
        .getByText(Pattern.compile("unread message"));
  }

  private static String name(Seat seat) {
    return seat == Seat.DARK
        ? "dark"
        : seat == Seat.PHONE ? "phone" : seat == Seat.CHINESE ? "chinese" : "light";
  }
}
