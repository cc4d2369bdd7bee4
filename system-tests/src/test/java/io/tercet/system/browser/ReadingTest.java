package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is unread is the same on all devices of a person, and is read by looking at it.
@DrivesTheStack
@Tag("browser")
class ReadingTest {

  /// More than a window has room for.
  private static final int MANY = 60;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  ReadingTest(Stack stack) {
    this.stack = stack;
  }

  private record Room(String id, String name) {}

  @Test
  void whatIsReadOnOneDeviceIsReadOnAllAndTheLineStays() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor desk = enters(ada, Seat.LIGHT);
    Visitor phone = enters(ada, Seat.DARK);
    say(grace, room, "one", "two", "three");
    says(desk, room, "3 unread messages");
    says(phone, room, "3 unread messages");
    assertThat(desk.page()).hasTitle(Pattern.compile("^• "));
    Pictures.take(phone, "unread-dark");

    desk.opens(room.name());
    assertThat(line(desk)).isVisible();
    saysNothing(desk, room);
    saysNothing(phone, room);
    assertThat(desk.page()).hasTitle(Pattern.compile("^[^•]"));
    say(grace, room, "four");
    desk.sees(room.name(), "four");
    assertThat(line(desk)).isVisible();
    Pictures.take(desk, "unread-line");

    phone.page().reload();
    assertThat(phone.page().getByTestId("composer")).isVisible();
    saysNothing(phone, room);
    phone.opens(room.name());
    phone.sees(room.name(), "four");
    assertThat(line(phone)).hasCount(0);
  }

  @Test
  void aRoomOpensAtItsFirstUnreadMessageAndAJumpReadsNothing() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor desk = enters(ada, Seat.LIGHT);
    Visitor phone = enters(ada, Seat.NARROW);
    say(grace, room, numbered(MANY));
    desk.opens(room.name());
    assertThat(row(desk, 1)).isInViewport();
    assertThat(line(desk)).isInViewport();
    assertThat(row(desk, MANY)).not().isInViewport();

    desk.page().getByTestId("to-newest").click();
    assertThat(row(desk, MANY)).isInViewport();
    says(desk, room, "unread messages");
    Locator above = desk.page().getByTestId("unread-above");
    assertThat(above).containsText(Pattern.compile("\\d+ new since \\d\\d:\\d\\d"));
    Pictures.take(desk, "unread-above");
    above.getByText("new since").click();
    assertThat(above).isHidden();
    assertThat(row(desk, MANY)).not().isInViewport();

    phone.button("Open the list of rooms").click();
    says(phone, room, "unread messages");
    desk.page().keyboard().press("Escape");
    assertThat(row(desk, MANY)).isInViewport();
    assertThat(line(desk)).hasCount(0);
    saysNothing(desk, room);
    saysNothing(phone, room);
  }

  @Test
  void whoScrollsThroughEverythingHasReadIt() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor desk = enters(ada, Seat.LIGHT);
    say(grace, room, numbered(MANY));
    desk.opens(room.name());
    assertThat(row(desk, 1)).isInViewport();
    says(desk, room, "unread messages");
    desk.conversation(room.name()).hover();
    while (!inView(row(desk, MANY))) {
      desk.page().mouse().wheel(0, 300);
    }
    saysNothing(desk, room);
    assertThat(line(desk)).hasCount(1);
  }

  @Test
  void aMessageIsMarkedAsUnreadUntilOneComesBack() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor desk = enters(ada, Seat.LIGHT);
    Visitor phone = enters(ada, Seat.DARK);
    desk.opens(room.name());
    say(grace, room, "first", "second", "third");
    desk.sees(room.name(), "third");
    saysNothing(phone, room);

    desk.does("Mark unread from here", desk.message(room.name(), "second"));
    says(desk, room, "2 unread messages");
    says(phone, room, "2 unread messages");
    assertThat(line(desk)).isVisible();
    say(grace, room, "fourth");
    says(phone, room, "3 unread messages");
    Pictures.take(desk, "marked-unread");

    desk.opens("lobby");
    says(desk, room, "3 unread messages");
    desk.opens(room.name());
    saysNothing(desk, room);
    saysNothing(phone, room);
  }

  @Test
  void allRoomsAreMarkedAsReadAndThatIsUndone() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Room looms = sharedRoom(ada, grace);
    Room plans = sharedRoom(ada, grace);
    Visitor desk = enters(ada, Seat.LIGHT);
    Visitor phone = enters(ada, Seat.DARK);
    assertThat(desk.button("Mark all rooms as read")).hasCount(0);
    say(grace, looms, "one", "two");
    say(grace, plans, "three");
    says(desk, looms, "2 unread messages");
    says(desk, plans, "1 unread message");

    desk.button("Mark all rooms as read").click();
    saysNothing(desk, looms);
    saysNothing(phone, looms);
    saysNothing(phone, plans);
    assertThat(desk.page().getByText("2 rooms are read")).isVisible();
    Pictures.take(desk, "all-read");
    desk.button("Undo").click();
    says(desk, looms, "2 unread messages");
    says(phone, looms, "2 unread messages");
    says(phone, plans, "1 unread message");
    assertThat(desk.button("Mark all rooms as read")).isVisible();
  }

  @Test
  void whatIsReadWithoutALineIsReportedOnceItIsBack() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor phone = enters(ada, Seat.DARK);
    Visitor desk = chromium.visitor(stack, Seat.LIGHT);
    Line socket = Line.of(desk.page());
    desk.returnsAs(ada);
    assertThat(desk.page().getByTestId("composer")).isVisible();
    say(grace, room, "one", "two");
    says(desk, room, "2 unread messages");
    desk.opens(room.name());
    desk.sees(room.name(), "two");
    desk.does("Mark unread from here", desk.message(room.name(), "one"));
    says(phone, room, "2 unread messages");
    desk.opens("lobby");

    socket.cut();
    say(grace, room, "three");
    says(phone, room, "3 unread messages");
    desk.opens(room.name());
    saysNothing(desk, room);
    says(phone, room, "3 unread messages");
    socket.mend();
    desk.sees(room.name(), "three");
    saysNothing(desk, room);
    saysNothing(phone, room);
  }

  @Test
  void fingersAndChineseReadersHaveTheSame() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    for (Seat seat :
        List.of(Seat.TOUCH, Seat.CHINESE, new Seat(ColorScheme.DARK, 360, 740, "zh-CN"))) {
      Room room = sharedRoom(ada, grace);
      Visitor visitor = enters(ada, seat);
      say(grace, room, numbered(MANY));
      String name =
          seat.touches() ? "touch" : seat.width() == Seat.CHINESE.width() ? "chinese" : "dark";
      visitor.page().navigate("/#/rooms/" + room.id());
      assertThat(line(visitor)).isInViewport();
      visitor.page().getByTestId("to-newest").click();
      Locator above = visitor.page().getByTestId("unread-above");
      assertThat(above).isVisible();
      Pictures.take(visitor, "unread-above-" + name);
      assertThat(visitor.widthBeyondTheWindow()).isZero();
      above.getByRole(AriaRole.BUTTON).last().click();
      assertThat(above).isHidden();
      assertThat(line(visitor)).hasCount(0);
    }
  }

  private Visitor enters(Person person, Seat seat) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.returnsAs(person);
    assertThat(visitor.page().getByTestId("composer")).isVisible();
    return visitor;
  }

  /// A room of both; what one says there is unread for the other.
  private static Room sharedRoom(Person owner, Person member) {
    Map<String, String> body = Map.of("name", Fresh.name("reading"));
    String id =
        owner.browser().post("/api/rooms", body).expect(201).json().path("roomId").asString();
    member.joins(id);
    return new Room(id, body.get("name"));
  }

  private static void say(Person person, Room room, String... texts) {
    for (String text : texts) {
      Map<String, String> message = Map.of("clientMessageId", Fresh.name("m"), "text", text);
      person.browser().post("/api/rooms/" + room.id() + "/messages", message).expect(201);
    }
  }

  private static String[] numbered(int count) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = "line " + (i + 1) + ".";
    }
    return texts;
  }

  private static Locator row(Visitor visitor, int line) {
    return visitor
        .page()
        .getByTestId("conversation")
        .getByText("line " + line + ".", new Locator.GetByTextOptions().setExact(true));
  }

  private static Locator line(Visitor visitor) {
    return visitor.page().getByTestId("unread-line");
  }

  private static boolean inView(Locator row) {
    String ends =
        """
        (row) => row.getBoundingClientRect().bottom
          <= row.closest('[role=log]').getBoundingClientRect().bottom
        """;
    return row.count() > 0 && (Boolean) row.evaluate(ends);
  }

  private static void says(Visitor visitor, Room room, String unread) {
    assertThat(item(visitor, room)).containsText(unread);
  }

  private static void saysNothing(Visitor visitor, Room room) {
    assertThat(item(visitor, room)).not().containsText("unread");
  }

  private static Locator item(Visitor visitor, Room room) {
    return visitor.page().getByTestId("room-" + room.name());
  }
}
