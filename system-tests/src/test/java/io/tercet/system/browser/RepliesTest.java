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
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People answer what somebody said, and find all the answers.
@DrivesTheStack
@Tag("browser")
class RepliesTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  RepliesTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void anAnswerStandsInTheConversationUnderWhatItAnswers() {
    String room = Fresh.name("replies");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    Visitor grace = joins(Seat.DARK, room);
    says(ada, room, "tea at four?");
    says(ada, room, "the loom is ready");

    grace.does("Reply", grace.message(room, "tea at four?"));
    assertThat(grace.composer(room)).isFocused();
    assertThat(replyingTo(grace)).containsText("tea at four?");
    Pictures.take(grace, "replying-dark");
    grace.page().keyboard().type("gladly");
    grace.page().keyboard().press("Enter");
    assertThat(replyingTo(grace)).hasCount(0);
    for (Visitor each : new Visitor[] {ada, grace}) {
      Locator answer = each.message(room, "gladly");
      assertThat(answer.getByTestId("quote")).containsText("tea at four?");
      assertThat(replies(each, origin(each, room, "tea at four?"))).hasText("1 reply");
    }
    Pictures.take(ada, "replied");

    ada.does("Edit", origin(ada, room, "tea at four?"));
    ada.editor().fill("tea at five?");
    ada.editor().press("Enter");
    Locator quote = grace.message(room, "gladly").getByTestId("quote");
    assertThat(quote).containsText("tea at five?");
    ada.does("Delete", origin(ada, room, "tea at five?"));
    ada.confirms("Delete");
    assertThat(quote).containsText("Message deleted");
    grace.page().reload();
    assertThat(grace.message(room, "gladly").getByTestId("quote")).containsText("Message deleted");
    assertThat(grace.conversation(room).getByText("1 reply")).isVisible();
  }

  @Test
  void keysAnswerAndEscapeEndsIt() {
    String room = Fresh.name("keys");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "first");
    says(ada, room, "second");
    ada.composer(room).fill("half of it");
    ada.message(room, "second").focus();
    ada.page().keyboard().press("ArrowUp");
    ada.page().keyboard().press("r");
    assertThat(ada.composer(room)).isFocused();
    assertThat(replyingTo(ada)).containsText("first");
    assertThat(ada.composer(room)).hasValue("half of it");
    ada.page().keyboard().press("Escape");
    assertThat(replyingTo(ada)).hasCount(0);
    assertThat(ada.composer(room)).hasValue("half of it");
    ada.page().keyboard().press("Enter");
    assertThat(ada.message(room, "half of it").getByTestId("quote")).hasCount(0);
  }

  @Test
  void whatOneAnswersSurvivesAnotherRoomAndAReload() {
    String room = Fresh.name("kept");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "remember me");
    ada.does("Reply", ada.message(room, "remember me"));
    ada.page().keyboard().type("of course");
    ada.opens("lobby");
    ada.seesRoom("lobby");
    assertThat(replyingTo(ada)).hasCount(0);
    ada.opens(room);
    assertThat(replyingTo(ada)).containsText("remember me");
    ada.page().reload();
    assertThat(replyingTo(ada)).containsText("remember me");
    assertThat(ada.composer(room)).hasValue("of course");
    ada.button("Do not reply to it").click();
    assertThat(replyingTo(ada)).hasCount(0);
    ada.page().reload();
    assertThat(ada.composer(room)).hasValue("of course");
    assertThat(replyingTo(ada)).hasCount(0);
  }

  @Test
  void allAnswersStandBesideTheRoomAndComeAsTheyAreWritten() {
    String room = Fresh.name("panel");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    Visitor grace = joins(Seat.LIGHT, room);
    says(ada, room, "who comes?");
    answers(grace, room, "who comes?", "I do");
    replies(ada, origin(ada, room, "who comes?")).click();
    Locator panel = panel(ada);
    assertThat(panel.getByTestId("origin")).containsText("who comes?");
    assertThat(panel.getByTestId("reply")).hasCount(1);
    Locator field = panel.getByTestId("reply-composer");
    assertThat(field).isFocused();
    answers(grace, room, "who comes?", "and Linus");
    assertThat(panel.getByTestId("reply")).hasCount(2);
    field.fill("see you then");
    field.press("Enter");
    assertThat(panel.getByTestId("reply")).hasCount(3);
    grace.sees(room, "see you then");
    assertThat(replies(grace, origin(grace, room, "who comes?"))).hasText("3 replies");
    Pictures.take(ada, "replies-panel");

    grace.does("Delete", grace.message(room, "and Linus"));
    grace.confirms("Delete");
    assertThat(panel.getByTestId("reply")).hasCount(2);
    assertThat(replies(ada, origin(ada, room, "who comes?"))).hasText("2 replies");

    field.press("Escape");
    assertThat(panel).hasCount(0);
    assertThat(replies(ada, origin(ada, room, "who comes?"))).isFocused();
    replies(ada, origin(ada, room, "who comes?")).click();
    ada.button("Close").click();
    assertThat(replies(ada, origin(ada, room, "who comes?"))).isFocused();
    ada.page().getByTestId("people-here").click();
    replies(ada, origin(ada, room, "who comes?")).click();
    assertThat(ada.page().getByLabel("Invite somebody")).hasCount(0);
    assertThat(panel).isVisible();
  }

  /// Of more messages than are loaded with a room.
  @Test
  void aQuoteLeadsToItsOriginAlsoIfThatIsFarAway() {
    Person ada = Person.guest(stack, "ada");
    Person linus = Person.guest(stack, "linus");
    String room = Fresh.name("far");
    Map<String, String> body = Map.of("name", room);
    String roomId =
        ada.browser().post("/api/rooms", body).expect(201).json().path("roomId").asString();
    linus.joins(roomId);
    String messages = "/api/rooms/" + roomId + "/messages";
    say(ada, messages, Map.of("text", "the very first"));
    for (int each = 0; each < 130; each++) {
      say(each % 2 == 0 ? ada : linus, messages, Map.of("text", "line " + each));
    }
    say(ada, messages, Map.of("text", "from afar", "replyTo", 3));
    Visitor grace = joins(Seat.LIGHT, room);

    Locator quote = grace.message(room, "from afar").getByTestId("quote");
    assertThat(quote).containsText("the very first");
    Locator first = grace.conversation(room).locator(".message[data-seq='3']");
    assertThat(first).hasCount(0);
    ada.browser().patch(messages + "/3", Map.of("text", "the very first, put right")).expect(200);
    assertThat(quote).containsText("put right");
    quote.click();
    assertThat(first).isInViewport();
    assertThat(first).isFocused();
    assertThat(replies(grace, first)).hasText("1 reply");
  }

  private static void say(Person person, String messages, Map<String, Object> message) {
    Map<String, Object> body = new HashMap<>(message);
    body.put("clientMessageId", Fresh.name("m"));
    person.browser().post(messages, body).expect(201);
  }

  @Test
  void onAPhoneTheAnswersAreASheetAndEverythingIsLargeEnough() {
    String room = Fresh.name("touch");
    Visitor ada = chromium.visitor(stack, Seat.TOUCH);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.button("Open the list of rooms").click();
    ada.createsRoom(room);
    says(ada, room, "on the way");
    ada.restsAFingerOn(ada.conversation(room).getByText("on the way"), ada.button("Reply"));
    ada.button("Reply").tap();
    Pictures.take(ada, "replying-touch");
    TouchTargetsTest.areLargeEnough(ada);
    ada.composer(room).fill("take your time");
    ada.page().getByTestId("send").tap();
    assertThat(replies(ada, origin(ada, room, "on the way"))).hasText("1 reply");
    TouchTargetsTest.areLargeEnough(ada);
    replies(ada, origin(ada, room, "on the way")).tap();
    assertThat(panel(ada).getByTestId("reply")).hasCount(1);
    TouchTargetsTest.areLargeEnough(ada);
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "replies-touch");
    panel(ada).getByTestId("reply-jump").first().tap();
    assertThat(panel(ada)).hasCount(0);
    assertThat(origin(ada, room, "on the way")).isInViewport();
  }

  @Test
  void whatSomebodyWroteIsTextInAQuoteToo() {
    String room = Fresh.name("hostile");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    String hostile = "<img src=x onerror=document.title='pwned'> [x](javascript:alert(1))";
    says(ada, room, hostile);
    answers(ada, room, "onerror", "seen");
    Locator quote = ada.message(room, "seen").getByTestId("quote");
    assertThat(quote).containsText(hostile);
    assertThat(quote.locator("img, a, script")).hasCount(0);
    replies(ada, origin(ada, room, "onerror")).click();
    assertThat(panel(ada).locator("img, script, [onerror]")).hasCount(0);
    assertThat(ada.page()).not().hasTitle("pwned");
  }

  @Test
  void chineseReadersAnswerInTheirLanguage() {
    Visitor ada = chromium.visitor(stack, new Seat(ColorScheme.DARK, 1_280, 800, "zh-CN"));
    String text = Fresh.name("织机");
    ada.page().navigate("/");
    ada.page().getByLabel("你的名字").fill(Fresh.name("ada"));
    ada.page().getByLabel("你的名字").press("Enter");
    Locator conversation = ada.page().getByRole(AriaRole.LOG);
    assertThat(conversation).isVisible();
    Locator composer = ada.page().getByTestId("composer");
    composer.fill(text);
    composer.press("Enter");
    Locator message =
        conversation.getByTestId("message").filter(new Locator.FilterOptions().setHasText(text));
    assertThat(message).hasAttribute("data-seq", Pattern.compile("\\d+"));
    Locator row =
        conversation.locator(
            "[data-testid=message][data-seq='" + message.getAttribute("data-seq") + "']");
    ada.does("回复", row);
    assertThat(replyingTo(ada)).containsText("正在回复");
    composer.fill("好的");
    composer.press("Enter");
    assertThat(replies(ada, row)).hasText("1 条回复");
    replies(ada, row).click();
    assertThat(panel(ada).getByTestId("reply")).containsText("好的");
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "replies-chinese-dark");
  }

  private Visitor enters(Seat seat, String name, String room) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.entersAsGuest(Fresh.name(name));
    visitor.createsRoom(room);
    return visitor;
  }

  private Visitor joins(Seat seat, String room) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.entersAsGuest(Fresh.name("grace"));
    visitor.joins(room);
    return visitor;
  }

  /// Until a message is in the log it cannot be answered.
  private static void says(Visitor visitor, String room, String text) {
    visitor.says(room, text);
    visitor.sees(room, text);
    assertThat(visitor.conversation(room).locator("[data-state]")).hasCount(0);
  }

  private static void answers(Visitor visitor, String room, String origin, String text) {
    visitor.does("Reply", origin(visitor, room, origin));
    says(visitor, room, text);
  }

  /// The row of a message, and not of one that quotes it.
  private static Locator origin(Visitor visitor, String room, String text) {
    return visitor
        .message(room, text)
        .filter(new Locator.FilterOptions().setHasNot(visitor.page().getByTestId("quote")));
  }

  private static Locator replyingTo(Visitor visitor) {
    return visitor.page().getByTestId("replying-to");
  }

  /// The button of a message that says how many answer it.
  private static Locator replies(Visitor visitor, Locator message) {
    return message.getByTestId("replies");
  }

  private static Locator panel(Visitor visitor) {
    return visitor.page().getByTestId("replies-panel");
  }
}
