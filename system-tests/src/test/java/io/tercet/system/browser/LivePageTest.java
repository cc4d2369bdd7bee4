package io.tercet.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.tercet.system.browser.Chromium.Seat;
import io.tercet.system.stack.LoneService;
import io.tercet.system.stack.NeedsTools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page on which http-raw-server shows itself at work.
@NeedsTools
@Tag("browser")
class LivePageTest {

  private static final String TOKEN = "a token for the live page";
  private static final Pattern A_NUMBER = Pattern.compile("(?!0$)[0-9][0-9,.]*");

  /// Workers are virtual machines that have to start.
  private static final LocatorAssertions.HasTextOptions SLOWLY =
      new LocatorAssertions.HasTextOptions().setTimeout(60_000);

  @AutoClose private final Chromium chromium = Chromium.launch();

  @TempDir private Path folder;

  private LoneService server;
  private URI pages;
  private URI management;

  @BeforeEach
  void start() throws IOException {
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("small.txt"), "small");
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    server =
        LoneService.start(
            "http-raw-server",
            folder,
            Map.of(),
            site.toString(),
            "--port=0",
            "--management-port=0",
            "--management-token-file=" + token);
    List<Integer> ports = server.ports(2);
    pages = URI.create("http://127.0.0.1:" + ports.getFirst());
    management = URI.create("http://127.0.0.1:" + ports.getLast());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aClickExchangesTheModelUnderLoadAndTheFiguresGoOn() throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Visitor teacher = chromium.visitor(management, Seat.LIGHT);
      Page page = teacher.page();
      page.navigate("/lab/");
      Locator model = page.locator("#model");
      assertThat(model).hasText("epoll");
      page.getByLabel("Token").fill(TOKEN);
      for (String other : List.of("virtual-threads", "select", "epoll")) {
        Locator button = page.getByRole(AriaRole.BUTTON, named(other));
        button.click();
        assertThat(page.getByText("new connections go to " + other)).isVisible();
        assertThat(model).hasText(other);
        assertThat(button).hasAttribute("aria-pressed", "true");
        Locator requests = page.locator("figure", containing("Requests")).locator("b");
        while (!A_NUMBER.matcher(requests.textContent()).matches()) {
          answers.add(ask(client));
        }
      }
      Pictures.take(teacher, "live");
    }
    assertThat(answers).isNotEmpty().containsOnly(200);
  }

  @Test
  void showsHowLongAnswersTookAndWhatAConnectionTakesAndSaysWhereThatIsUnknown() throws Exception {
    Page page = chromium.visitor(management, Seat.LIGHT).page();
    page.navigate("/lab/");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String figure : List.of("50 % are", "99 % are", "99.9 % are", "Descriptors each")) {
        Locator value = page.locator("figure", containing(figure)).locator("b");
        while (!A_NUMBER.matcher(value.textContent()).matches()) {
          ask(client);
        }
      }
    }
    page.getByLabel("Token").fill(TOKEN);
    page.getByRole(AriaRole.BUTTON, named("processes")).click();
    assertThat(page.locator("figure", containing("99 % are")).locator("small"))
        .hasText("not measured in worker processes", SLOWLY);
  }

  @Test
  void saysWhyNothingWasExchanged() {
    Page page = chromium.visitor(management, Seat.DARK).page();
    page.navigate("/lab/");
    page.getByLabel("Token").fill("another token altogether");
    page.getByRole(AriaRole.BUTTON, named("poll")).click();
    assertThat(page.locator("#said")).containsText("refused: ");
    assertThat(page.locator("#model")).hasText("epoll");
  }

  private int ask(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(pages.resolve("/small.txt")).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
