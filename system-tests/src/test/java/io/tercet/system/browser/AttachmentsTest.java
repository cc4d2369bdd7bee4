package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Pictures and other files go with what people write, and stand in the conversation.
@DrivesTheStack
@Tag("browser")
class AttachmentsTest {

  private static final int SLOW_BYTES_PER_SECOND = 100_000;

  /// No limit.
  private static final int AS_FAST_AS_IT_IS = -1;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  AttachmentsTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aPictureAndATextAreOneMessageWhoseRowIsAsHighBeforeThePictureIsThere() {
    String room = Fresh.name("pictures");
    Visitor ada = enters(Seat.LIGHT, room);
    Visitor grace = chromium.visitor(stack, Seat.DARK);
    grace.entersAsGuest(Fresh.name("grace"));
    grace.joins(room);
    List<Route> held = new ArrayList<>();
    grace.page().route("**/api/files/by-id/**", held::add);

    ada.pastesAPicture(room);
    ada.composer(room).fill("the new cloth");
    assertThat(ada.attachments("uploaded")).hasCount(1);
    Pictures.take(ada, "attached");
    ada.composer(room).press("Enter");
    assertThat(ada.attachments()).hasCount(0);
    assertThat(ada.composer(room)).hasValue("");
    for (Visitor each : List.of(ada, grace)) {
      Locator message = each.message(room, "the new cloth");
      assertThat(message).hasCount(1);
      assertThat(message.getByTestId("picture")).hasCount(1);
      assertThat(each.conversation(room).getByTestId("message")).hasCount(1);
    }

    Locator row = grace.message(room, "the new cloth");
    grace.page().waitForCondition(() -> !held.isEmpty());
    BoundingBox before = row.boundingBox();
    BoundingBox place = grace.pictures(room).boundingBox();
    assertThat(Math.round(place.width)).isEqualTo(400);
    assertThat(Math.round(place.height)).isEqualTo(225);
    held.forEach(Route::resume);
    isLoaded(grace.pictures(room).locator("img"));
    assertThat(row.boundingBox()).usingRecursiveComparison().isEqualTo(before);
    Pictures.take(grace, "picture-dark");
  }

  @Test
  void picturesOpenOverThePageAndAllKeysWorkThere() {
    String room = Fresh.name("gallery");
    Visitor ada = enters(Seat.LIGHT, room);
    ada.pastesAPicture(room);
    assertThat(ada.attachments()).hasCount(1);
    ada.pastesAPicture(room);
    assertThat(ada.attachments("uploaded")).hasCount(2);
    ada.composer(room).press("Enter");
    assertThat(ada.pictures(room)).hasCount(2);
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);
    Pictures.take(ada, "gallery");

    ada.pictures(room).first().focus();
    ada.page().keyboard().press("Enter");
    Locator lightbox = ada.lightbox();
    assertThat(lightbox).containsText("1 of 2");
    isLoaded(lightbox.locator("img"));
    Pictures.take(ada, "lightbox");
    ada.page().keyboard().press("ArrowRight");
    assertThat(lightbox).containsText("2 of 2");
    assertThat(
            ada.page()
                .waitForDownload(() -> lightbox.getByRole(AriaRole.LINK).click())
                .suggestedFilename())
        .endsWith(".png");
    ada.page().keyboard().press("Home");
    assertThat(lightbox).containsText("1 of 2");
    ada.page().keyboard().press("Escape");
    assertThat(lightbox).isHidden();
    assertThat(ada.pictures(room).first()).isFocused();
  }

  @Test
  void aMessageWaitsForItsFilesAndGoesWhereverOneIsMeanwhile() {
    String room = Fresh.name("slow");
    Visitor ada = enters(Seat.LIGHT, room);
    String other = Fresh.name("other");
    ada.createsRoom(other);
    ada.opens(room);
    ada.slowsTheLineTo(SLOW_BYTES_PER_SECOND);
    byte[] plan = Bytes.random(400_000);
    ada.drops(ada.conversation(room), "plan.pdf", "application/pdf", plan);
    ada.says(room, "the plan");
    assertThat(ada.page().getByText("Waiting for uploads")).isVisible();
    assertThat(ada.composer(room)).hasValue("the plan");
    Pictures.take(ada, "waiting");
    ada.opens(other);
    assertThat(ada.composer(other)).hasValue("");
    assertThat(ada.attachments()).hasCount(0);
    ada.says(other, "meanwhile");
    ada.opens(room);
    assertThat(ada.message(room, "the plan").getByText("plan.pdf")).isVisible();
    assertThat(ada.conversation(room).getByTestId("message")).hasCount(1);
    assertThat(ada.composer(room)).hasValue("");
    assertThat(ada.downloads(ada.conversation(room), "plan.pdf")).isEqualTo(plan);
  }

  @Test
  void whatIsUploadedSurvivesAReloadAndWhatIsNotIsSaidToBeLost() {
    String room = Fresh.name("reload");
    Visitor ada = enters(Seat.LIGHT, room);
    ada.page().onDialog(Dialog::accept);
    ada.pastesAPicture(room);
    ada.composer(room).fill("half a message");
    assertThat(ada.attachments("uploaded")).hasCount(1);
    ada.slowsTheLineTo(SLOW_BYTES_PER_SECOND);
    ada.drops(ada.conversation(room), "plan.pdf", "application/pdf", Bytes.random(2_000_000));
    assertThat(ada.progressOf("plan.pdf")).isVisible();
    ada.slowsTheLineTo(AS_FAST_AS_IT_IS);
    ada.page().route("**/plan.pdf**", Route::abort);
    ada.page().reload();
    assertThat(ada.composer(room)).hasValue("half a message");
    assertThat(ada.attachments("uploaded")).hasCount(1);
    assertThat(ada.attachments("lost")).containsText("plan.pdf");
    ada.composer(room).press("Enter");
    assertThat(ada.page().getByTestId("attachments-note")).containsText("Not sent");
    Pictures.take(ada, "attachment-lost");
    ada.button("Remove plan.pdf").click();
    assertThat(ada.attachments()).hasCount(1);
    ada.composer(room).press("Enter");
    assertThat(ada.message(room, "half a message").getByTestId("picture")).isVisible();
    assertThat(ada.attachments()).hasCount(0);
  }

  @Test
  void aLongTextIsAFileOfTheSameMessage() {
    String room = Fresh.name("long");
    Visitor ada = enters(Seat.LIGHT, room);
    String text = "warp and weft\n".repeat(300);
    ada.pastesAPicture(room);
    ada.composer(room).fill(text);
    ada.button("Send as a file").click();
    Locator message = ada.conversation(room).getByTestId("message");
    assertThat(message).hasCount(1);
    assertThat(message.getByTestId("picture")).hasCount(1);
    assertThat(message.getByText(Pattern.compile("^message-.*\\.md$"))).isVisible();
    assertThat(ada.composer(room)).hasValue("");
    String name = message.getByText(Pattern.compile("^message-.*\\.md$")).textContent();
    assertThat(new String(ada.downloads(message, name), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void anEditKeepsTheFilesAnAnswerQuotesThemAndADeletionTakesThem() {
    String room = Fresh.name("edits");
    Visitor ada = enters(Seat.LIGHT, room);
    ada.pastesAPicture(room);
    assertThat(ada.attachments("uploaded")).hasCount(1);
    ada.composer(room).press("Enter");
    Locator message = ada.conversation(room).locator(".message:has([data-testid=picture])");
    assertThat(message).hasCount(1);
    assertThat(ada.conversation(room).locator("[data-state]")).hasCount(0);

    ada.does("Reply", message);
    ada.says(room, "pretty");
    assertThat(ada.message(room, "pretty").getByTestId("quote")).containsText("Image");

    ada.does("Edit", message);
    ada.editor().fill("our cloth");
    ada.editor().press("Enter");
    Locator edited = ada.message(room, "our cloth").filter(pictured(ada));
    assertThat(edited).hasCount(1);
    ada.does("Edit", edited);
    ada.editor().fill("");
    ada.editor().press("Enter");
    assertThat(ada.editor()).hasCount(0);
    assertThat(message.getByText("our cloth")).hasCount(0);
    assertThat(ada.pictures(room)).hasCount(1);

    ada.does("Delete", message);
    ada.confirms("Delete");
    assertThat(ada.pictures(room)).hasCount(0);
  }

  @Test
  void onAPhoneFilesAreChosenAndNothingSticksOut() {
    String room = Fresh.name("phone");
    Visitor ada = chromium.visitor(stack, Seat.PHONE);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.button("Open the list of rooms").click();
    ada.createsRoom(room);
    ada.pastesAPicture(room);
    assertThat(ada.attachments()).hasCount(1);
    FilePayload plan = new FilePayload("plan of the mill.txt", "text/plain", new byte[] {42});
    ada.page().waitForFileChooser(() -> ada.button("Attach files").click()).setFiles(plan);
    assertThat(ada.attachments("uploaded")).hasCount(2);
    assertThat(ada.composer(room)).isFocused();
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "attached-phone");
    ada.button("Send").click();
    assertThat(ada.pictures(room)).isVisible();
    isLoaded(ada.pictures(room).locator("img"));
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "picture-phone");
    ada.pictures(room).click();
    isLoaded(ada.lightbox().locator("img"));
    assertThat(ada.widthBeyondTheWindow()).isZero();
    Pictures.take(ada, "lightbox-phone");
  }

  @Test
  void thePageSpeaksChinese() {
    Visitor ada = chromium.visitor(stack, Seat.CHINESE);
    ada.page().navigate("/");
    ada.page().getByLabel("你的名字").fill(Fresh.name("ada"));
    ada.button("进入").click();
    Locator composer = ada.page().getByTestId("composer");
    assertThat(composer).isVisible();
    ada.slowsTheLineTo(SLOW_BYTES_PER_SECOND);
    ada.drops(
        ada.page().getByTestId("conversation"), "图纸.pdf", "application/pdf", Bytes.random(500_000));
    composer.fill("图纸在这里");
    composer.press("Enter");
    assertThat(ada.page().getByText("正在等待上传")).isVisible();
    Pictures.take(ada, "attached-chinese");
    ada.page().getByText("先不发送").click();
    assertThat(composer).isEditable();
    ada.page().getByLabel("移除 图纸.pdf").click();
    assertThat(ada.attachments()).hasCount(0);
    assertThat(composer).isFocused();
  }

  private Visitor enters(Seat seat, String room) {
    Visitor ada = chromium.visitor(stack, seat);
    ada.entersAsGuest(Fresh.name("ada"));
    ada.createsRoom(room);
    return ada;
  }

  private static Locator.FilterOptions pictured(Visitor visitor) {
    return new Locator.FilterOptions().setHas(visitor.page().getByTestId("picture"));
  }

  private static void isLoaded(Locator image) {
    assertThat(image).hasJSProperty("complete", true);
    assertThat(image).hasJSProperty("naturalWidth", 640);
  }
}
