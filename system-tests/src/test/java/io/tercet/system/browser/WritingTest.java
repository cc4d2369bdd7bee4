package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What helps while one writes.
@DrivesTheStack
@Tag("browser")
class WritingTest {

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  WritingTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void anEmojiIsFoundByItsNameAndStandsWhereTheColonWas() {
    String room = Fresh.name("emoji");
    Visitor ada = chromium.visitor(stack, Seat.PHONE);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.button("Open the list of rooms").click();
    ada.createsRoom(room);
    Locator composer = ada.composer(room);
    composer.pressSequentially("well done :tad");
    Locator offered = ada.page().getByRole(AriaRole.OPTION);
    assertThat(offered.first()).containsText(":tada:");
    Pictures.take(ada, "emoji-phone");
    composer.press("Enter");
    assertThat(composer).hasValue("well done 🎉 ");
    composer.press("Control+z");
    assertThat(composer).hasValue("well done :tad");
  }

  @Test
  void theKeysAreListedBehindAQuestionMark() {
    String room = Fresh.name("help");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    ada.composer(room).press("?");
    assertThat(ada.composer(room)).hasValue("?");
    ada.conversation(room).press("?");
    Locator list = ada.dialog();
    assertThat(list.getByRole(AriaRole.HEADING)).hasText("Keys");
    assertThat(row(list, "Edit your last message, while nothing is written")).containsText("↑");
    assertThat(row(list, "Go to a room")).containsText("CtrlK");
    Pictures.take(ada, "keys");
    ada.page().keyboard().press("Escape");
    assertThat(list).isHidden();
    assertThat(ada.conversation(room)).isFocused();
  }

  private static Locator row(Locator list, String does) {
    return list.locator(".keys-row").filter(new Locator.FilterOptions().setHasText(does));
  }

  @Test
  void aTextThatIsTooLongIsSentAsAFile() {
    String room = Fresh.name("long");
    Visitor ada = chromium.visitor(stack, Seat.DARK);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    ada.composer(room).fill("warp and weft\n".repeat(300));
    Pictures.take(ada, "too-long-dark");
    ada.button("Send as a file").click();
    assertThat(ada.conversation(room).getByText(Pattern.compile("\\d\\.md$"))).isVisible();
    assertThat(ada.composer(room)).hasValue("");
  }
}
