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
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People mention each other, and see it until they have read it.
@DrivesTheStack
@Tag("browser")
class MentionsTest {

  /// More than a window has room for.
  private static final int MANY = 60;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  MentionsTest(Stack stack) {
    this.stack = stack;
  }

  private record Room(String id, String name) {}

  @Test
  void aMentionIsCompletedByKeyboardAndCountsUntilItIsRead() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.registered(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor reader = enters(grace, Seat.DARK);
    Visitor writer = enters(ada, Seat.LIGHT);
    writer.opens(room.name());
    Locator field = writer.composer(room.name());

    field.pressSequentially("tea, @gra");
    assertThat(options(writer)).hasCount(1);
    assertThat(options(writer)).containsText(grace.name());
    Pictures.take(writer, "mention-completed");
    field.press("Tab");
    assertThat(field).hasValue("tea, @" + grace.name() + " ");
    field.pressSequentially("?");
    field.press("Enter");
    Locator sent = writer.message(room.name(), "tea, ");
    assertThat(mention(sent)).hasText("@" + grace.name());
    assertThat(mention(sent)).not().hasClass(Pattern.compile("mention-me"));

    assertThat(item(reader, room)).containsText("1 mention");
    assertThat(reader.page()).hasTitle(Pattern.compile("^\\(1\\) "));
    Pictures.take(reader, "mention-counted-dark");
    reader.opens(room.name());
    Locator seen = reader.message(room.name(), "tea, ");
    assertThat(mention(seen)).hasClass(Pattern.compile("mention-me"));
    assertThat(item(reader, room)).not().containsText("mention");
    assertThat(reader.page()).hasTitle(Pattern.compile("^[^(•]"));
    Pictures.take(reader, "mentioned-dark");
  }

  @Test
  void anEditMentionsWhomItNamesAndCodeNobody() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.registered(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor writer = enters(ada, Seat.LIGHT);
    Visitor reader = enters(grace, Seat.LIGHT);
    writer.opens(room.name());
    writer.says(room.name(), "`@" + grace.name() + "` in code");
    assertThat(item(reader, room)).containsText("1 unread message");
    Locator message = writer.message(room.name(), "in code");
    assertThat(mention(message)).hasCount(0);
    assertThat(item(reader, room)).not().containsText("mention");

    writer.does("Edit", message);
    writer.editor().fill("in code no more, @" + grace.name());
    // Behind a name the list is open: the first key takes the name.
    assertThat(writer.editor()).isFocused();
    writer.editor().press("End");
    writer.editor().pressSequentially(" ");
    writer.editor().press("Enter");
    assertThat(mention(writer.message(room.name(), "no more"))).hasText("@" + grace.name());
    assertThat(item(reader, room)).containsText("1 mention");
    writer.does("Delete", writer.message(room.name(), "no more"));
    writer.confirms("Delete");
    assertThat(item(reader, room)).not().containsText("mention");
  }

  @Test
  void aPillLeadsToWhatMentionsOne() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.registered(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Visitor reader = enters(grace, Seat.NARROW);
    for (int line = 1; line <= MANY; line++) {
      say(ada, room, line == MANY / 2 ? "@" + grace.name() + " look" : "line " + line + ".");
    }
    reader.button("Open the list of rooms").click();
    assertThat(item(reader, room)).containsText("1 mention");
    Pictures.take(reader, "mention-counted-narrow");
    reader.opens(room.name());
    Locator look = reader.message(room.name(), "look");
    assertThat(look).not().isInViewport();
    Locator down = reader.page().getByTestId("to-mention");
    assertThat(down).containsText("1 mention");
    Pictures.take(reader, "mention-below-narrow");
    down.click();
    assertThat(look).isInViewport();
    assertThat(look).isFocused();

    reader.page().getByTestId("to-newest").click();
    Locator above = reader.page().getByTestId("unread-above");
    assertThat(above).containsText("1 mention");
    Pictures.take(reader, "mention-above-narrow");
    above.getByText("1 mention").click();
    assertThat(look).isInViewport();
    assertThat(reader.widthBeyondTheWindow()).isZero();
  }

  @Test
  void theOwnerCallsTheRoomAndARoomIsALink() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.registered(stack, "grace");
    Room room = sharedRoom(ada, grace);
    Room other = room(ada);
    Visitor reader = enters(grace, Seat.LIGHT);
    Visitor writer = enters(ada, Seat.LIGHT);
    writer.opens(room.name());
    Locator field = writer.composer(room.name());
    field.pressSequentially("@ro");
    assertThat(options(writer).last()).containsText("tells everybody in the room");
    Pictures.take(writer, "mention-room");
    field.press("ArrowUp");
    field.press("Enter");
    assertThat(field).hasValue("@room ");
    field.pressSequentially("see #" + other.name());
    field.press("Enter");
    assertThat(item(reader, room)).containsText("1 mention");

    reader.opens(room.name());
    Locator message = reader.message(room.name(), "see");
    assertThat(mention(message)).hasClass(Pattern.compile("mention-me"));
    Locator link = message.getByRole(AriaRole.LINK, Visitor.exactly("#" + other.name()));
    assertThat(link).isVisible();
    Pictures.take(reader, "mentioned-room");
    link.click();
    assertThat(reader.page().getByTestId("join-room")).isVisible();
    assertThat(reader.page().context().pages()).hasSize(1);
  }

  @Test
  void chineseReadersHaveTheSame() {
    Person ada = Person.registered(stack, "ada");
    Person grace = Person.registered(stack, "小明");
    Room room = sharedRoom(ada, grace);
    Visitor reader = enters(grace, Seat.CHINESE);
    say(ada, room, "请@" + grace.name() + "看一下");
    assertThat(item(reader, room)).containsText("1 次提到你");
    reader.page().getByTestId("room-" + room.name()).click();
    Locator message = reader.page().getByRole(AriaRole.LOG).getByTestId("message");
    assertThat(mention(message)).hasText("@" + grace.name());
    Locator field = reader.page().getByTestId("composer");
    field.pressSequentially("@");
    assertThat(options(reader)).containsText(new String[] {ada.name(), "在线"});
    assertThat(reader.widthBeyondTheWindow()).isZero();
    Pictures.take(reader, "mentions-chinese");
    Visitor dark = enters(grace, new Seat(ColorScheme.DARK, 360, 740, "zh-CN"));
    dark.page().navigate("/#/rooms/" + room.id());
    assertThat(mention(dark.page().getByRole(AriaRole.LOG))).isVisible();
    Pictures.take(dark, "mentions-chinese-dark-narrow");
  }

  private Visitor enters(Person person, Seat seat) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.returnsAs(person);
    assertThat(visitor.page().getByTestId("composer")).isVisible();
    return visitor;
  }

  /// A room of both; what one says there is unread for the other.
  private static Room sharedRoom(Person owner, Person member) {
    Room room = room(owner);
    member.joins(room.id());
    return room;
  }

  private static Room room(Person owner) {
    Map<String, String> body = Map.of("name", Fresh.name("loom"));
    String id =
        owner.browser().post("/api/rooms", body).expect(201).json().path("roomId").asString();
    return new Room(id, body.get("name"));
  }

  private static void say(Person person, Room room, String text) {
    Map<String, String> message = Map.of("clientMessageId", Fresh.name("m"), "text", text);
    person.browser().post("/api/rooms/" + room.id() + "/messages", message).expect(201);
  }

  private static Locator item(Visitor visitor, Room room) {
    return visitor.page().getByTestId("room-" + room.name());
  }

  private static Locator options(Visitor visitor) {
    return visitor.page().getByRole(AriaRole.OPTION);
  }

  private static Locator mention(Locator message) {
    return message.locator(".mention");
  }
}
