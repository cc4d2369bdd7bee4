package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What was said is put right, or taken back.
@DrivesTheStack
@Tag("browser")
class EditingTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  EditingTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void anEditAndADeletionAreSeenByAllAtOnceAndAfterAReload() {
    String room = Fresh.name("edits");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    Visitor grace = chromium.visitor(stack, Seat.DARK);
    grace.entersAsGuest(Fresh.name("grace"));
    grace.joins(room);
    says(ada, room, "the lom is ready");
    says(ada, room, "my password is secret");
    says(ada, room, "see you");
    grace.sees(room, "the lom is ready");
    says(grace, room, "good");

    ada.composer(room).fill("I have begun");
    ada.does("Edit", ada.message(room, "the lom is ready"));
    assertThat(ada.editor()).isFocused();
    assertThat(ada.editor()).hasValue("the lom is ready");
    ada.editor().fill("the loom is ready");
    Pictures.take(ada, "editing");
    ada.editor().press("Enter");
    assertThat(ada.editor()).isHidden();
    assertThat(ada.message(room, "the loom is ready")).isFocused();
    assertThat(ada.composer(room)).hasValue("I have begun");
    assertThat(edited(grace, room, "the loom is ready")).isVisible();

    ada.does("Delete", ada.message(room, "my password is secret"));
    Pictures.take(ada, "deleting");
    ada.confirms("Delete");
    for (Visitor each : new Visitor[] {ada, grace}) {
      each.sees(room, "Message deleted");
      assertThat(each.message(room, "my password is secret")).hasCount(0);
    }
    assertThat(ada.message(room, "Message deleted")).isFocused();
    Pictures.take(ada, "edited");
    Pictures.take(grace, "edited-dark");

    grace.page().reload();
    assertThat(edited(grace, room, "the loom is ready")).isVisible();
    grace.sees(room, "Message deleted");
    assertThat(grace.conversation(room).getByText("secret")).hasCount(0);
  }

  @Test
  void theUpArrowEditsTheLastMessageAndKeysDoAllOfIt() {
    String room = Fresh.name("keys");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "first");
    says(ada, room, "last");
    ada.composer(room).press("ArrowUp");
    assertThat(ada.editor()).hasValue("last");
    assertThat(ada.editor()).isFocused();
    ada.page().keyboard().type(" of all");
    ada.page().keyboard().press("Escape");
    assertThat(ada.composer(room)).isFocused();
    assertThat(ada.message(room, "last of all")).hasCount(0);

    ada.page().keyboard().press("ArrowUp");
    assertThat(ada.editor()).hasValue("last of all");
    ada.page().keyboard().press("Enter");
    assertThat(edited(ada, room, "last of all")).isVisible();
    assertThat(ada.composer(room)).isFocused();

    ada.page().keyboard().press("ArrowUp");
    ada.editor().fill("");
    ada.page().keyboard().press("Enter");
    assertThat(ada.dialog()).containsText("Delete this message?");
    ada.confirms("Delete");
    ada.sees(room, "Message deleted");
    assertThat(ada.message(room, "first")).isVisible();
  }

  @Test
  void whoChangedItElsewhereChooses() {
    String room = Fresh.name("twice");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "at noon");
    Visitor tab = new Visitor(ada.page().context().newPage());
    tab.page().navigate(ada.page().url());

    ada.does("Edit", ada.message(room, "at noon"));
    ada.editor().fill("at one");
    tab.does("Edit", tab.message(room, "at noon"));
    // What was typed is of the person, and no page knows that another one edits.
    tab.editor().fill("at two");
    tab.editor().press("Enter");
    assertThat(edited(tab, room, "at two")).isVisible();

    Locator conflict = ada.page().getByTestId("edit-conflict");
    assertThat(conflict).containsText("at two");
    assertThat(ada.editor()).hasValue("at one");
    Pictures.take(ada, "edit-conflict");
    ada.button("Save mine instead").click();
    assertThat(edited(tab, room, "at one")).isVisible();
    assertThat(ada.editor()).isHidden();
  }

  @Test
  void theOwnerDeletesWhatOthersSaidAndTheySeeByWhom() {
    String room = Fresh.name("owned");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "be kind");
    Visitor grace = chromium.visitor(stack, Seat.LIGHT);
    grace.entersAsGuest(Fresh.name("grace"));
    grace.joins(room);
    says(grace, room, "something unkind");

    grace.message(room, "be kind").hover();
    assertThat(grace.button("Copy link")).isVisible();
    assertThat(grace.button("Delete")).hasCount(0);
    assertThat(grace.button("Edit")).hasCount(0);
    ada.message(room, "something unkind").hover();
    assertThat(ada.button("Delete")).isVisible();
    assertThat(ada.button("Edit")).hasCount(0);
    ada.does("Delete", ada.message(room, "something unkind"));
    assertThat(ada.dialog()).containsText("Delete the message of grace");
    ada.confirms("Delete");
    grace.sees(room, "Message deleted by ada");
  }

  @Test
  void anEditThatIsNotSavedIsNotLost() {
    String room = Fresh.name("offline");
    Visitor ada = enters(Seat.LIGHT, "ada", room);
    says(ada, room, "draft");
    ada.page().route("**/messages/*", Route::abort);
    ada.does("Edit", ada.message(room, "draft"));
    ada.editor().fill("final");
    ada.editor().press("Enter");
    assertThat(ada.page().getByRole(AriaRole.ALERT)).containsText("Not saved");
    Pictures.take(ada, "edit-not-saved");
    ada.page().reload();
    ada.does("Edit", ada.message(room, "draft"));
    assertThat(ada.editor()).hasValue("final");
    ada.page().unroute("**/messages/*");
    ada.button("Save").click();
    assertThat(edited(ada, room, "final")).isVisible();
  }

  @Test
  void aFingerThatRestsOnAMessageEditsAndDeletesIt() {
    String room = Fresh.name("touch");
    Visitor ada = chromium.visitor(stack, Seat.TOUCH);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.button("Open the list of rooms").click();
    ada.createsRoom(room);
    says(ada, room, "on the way");
    ada.restsAFingerOn(ada.conversation(room).getByText("on the way"), ada.button("Edit"));
    Pictures.take(ada, "message-actions-touch");
    ada.button("Edit").tap();
    ada.editor().fill("nearly there");
    Pictures.take(ada, "editing-touch");
    ada.button("Save").tap();
    assertThat(edited(ada, room, "nearly there")).isVisible();
    ada.restsAFingerOn(ada.conversation(room).getByText("nearly there"), ada.button("Delete"));
    ada.button("Delete").tap();
    ada.dialog().getByRole(AriaRole.BUTTON, Visitor.exactly("Delete")).tap();
    ada.sees(room, "Message deleted");
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "deleted-touch");
  }

  @Test
  void chineseReadersEditAndDeleteInTheirLanguage() {
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
    String place = "[data-seq='" + message.getAttribute("data-seq") + "']";
    Locator row = conversation.locator(place);
    ada.does("编辑", row);
    ada.page().getByLabel("编辑消息").fill(text + "好了");
    Pictures.take(ada, "editing-chinese-dark");
    ada.page().getByLabel("编辑消息").press("Enter");
    assertThat(row.getByText("已编辑", new Locator.GetByTextOptions().setExact(true))).isVisible();
    Pictures.take(ada, "edited-chinese-dark");
    ada.does("删除", row);
    Pictures.take(ada, "deleting-chinese-dark");
    ada.confirms("删除");
    assertThat(row).containsText("消息已删除");
    assertThat(ada.widthBeyondTheWindow()).isZero();
  }

  private Visitor enters(Seat seat, String name, String room) {
    Visitor visitor = chromium.visitor(stack, seat);
    visitor.entersAsGuest(Fresh.name(name));
    visitor.createsRoom(room);
    return visitor;
  }

  /// Until a message is in the log it can neither be edited nor deleted.
  private static void says(Visitor visitor, String room, String text) {
    visitor.says(room, text);
    visitor.sees(room, text);
    assertThat(visitor.conversation(room).locator("[data-state]")).hasCount(0);
  }

  private static Locator edited(Visitor visitor, String room, String text) {
    return visitor
        .message(room, text)
        .getByText("edited", new Locator.GetByTextOptions().setExact(true));
  }
}
