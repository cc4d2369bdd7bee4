package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.Fresh;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the README's first paragraph promises, in two browsers.
@DrivesTheStack
@Tag("browser")
class StoryTest {

  private static final int SLOW_BYTES_PER_SECOND = 250_000;

  private final Stack stack;

  @AutoClose private final Chromium chromium = Chromium.launch();

  StoryTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void twoPeopleTalkAndShareAFile() {
    String room = Pictures.name("engines");
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.registers(Pictures.name("Ada"));
    ada.createsRoom(room);
    Visitor grace = chromium.visitor(stack, Seat.LIGHT);
    grace.entersAsGuest(Pictures.name("Grace"));
    grace.joins(room);

    ada.says(room, "Has anybody seen the drawings of the engine?");
    grace.sees(room, "Has anybody seen the drawings of the engine?");
    grace.says(room, "Not yet. 请发给我 👋");
    ada.sees(room, "Not yet. 请发给我 👋");

    byte[] drawing = Bytes.random(1_000_000);
    ada.slowsTheLineTo(SLOW_BYTES_PER_SECOND);
    ada.drops(ada.conversation(room), "engine.pdf", "application/pdf", drawing);
    assertThat(ada.progressOf("engine.pdf")).isVisible();
    ada.says(room, "Here they are.");
    assertThat(grace.conversation(room).getByText("engine.pdf")).isVisible();
    assertThat(grace.downloads(grace.conversation(room), "engine.pdf")).isEqualTo(drawing);

    grace.says(room, "That is the one, thank you!");
    ada.sees(room, "That is the one, thank you!");
    assertThat(ada.attachments()).hasCount(0);
    Pictures.takeForReadme(ada, "story");
  }

  @Test
  void aFolderBecomesASite() {
    Visitor ada = chromium.visitor(stack, Seat.LIGHT);
    ada.registers(Fresh.name("ada"));

    ada.opensMyFiles();
    ada.createsFolder("web");
    ada.opensFolder("web");
    ada.drops(ada.whereWeAre(), "index.html", "text/html", "<h1>Woven</h1>".getBytes(UTF_8));
    assertThat(ada.folder().getByRole(AriaRole.LINK, Visitor.named("Download index.html")))
        .isVisible();
    Locator address = ada.publishes(Fresh.name("loom"));
    Pictures.take(ada, "published");

    Page visitor = chromium.visitor(stack, Seat.LIGHT).page();
    // It is public as soon as http-raw-server has heard of it, mostly before a hand is at the link.
    String url = address.getAttribute("href");
    await()
        .pollInSameThread()
        .atMost(Duration.ofMinutes(1))
        .until(() -> visitor.navigate(url).ok());
    assertThat(visitor.getByRole(AriaRole.HEADING)).hasText("Woven");
    assertThat(visitor.context().cookies()).isEmpty();
  }

  /// How else the page may look.
  enum Look {
    DARK(Seat.DARK, "Your name"),
    NARROW(Seat.NARROW, "Your name"),
    CHINESE(Seat.CHINESE, "你的名字");

    private final Seat seat;
    private final String nameLabel;

    Look(Seat seat, String nameLabel) {
      this.seat = seat;
      this.nameLabel = nameLabel;
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePageFitsWhoReadsIt(Look look) {
    Visitor somebody = chromium.visitor(stack, look.seat);
    somebody.page().navigate("/");
    Locator name = somebody.page().getByLabel(look.nameLabel);
    name.fill(Fresh.name("ada"));
    name.press("Enter");
    // Until the conversation is there, the only text box is still the one for the name.
    Locator conversation = somebody.page().getByRole(AriaRole.LOG);
    assertThat(conversation).isVisible();
    Locator composer = somebody.page().getByRole(AriaRole.TEXTBOX);
    composer.fill("你好 👋 " + look);
    composer.press("Enter");

    Locator message = conversation.getByText("你好 👋 " + look);
    assertThat(message.last()).isVisible();
    assertThat(somebody.widthBeyondTheWindow()).isZero();
    Pictures.take(somebody, look.name().toLowerCase(Locale.ROOT));
  }
}
