package io.tercet.http.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.message.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LivePageTest {
  private static final class StubServer implements LiveServer {
    private long connections = 7;
    private boolean tellsTimes = true;

    @Override
    public int port() {
      return 1;
    }

    @Override
    public String model() {
      return "epoll";
    }

    @Override
    public List<String> models() {
      return List.of("epoll", "x\"</script>");
    }

    @Override
    public void swap(String name) {}

    @Override
    public long requests() {
      return 42;
    }

    @Override
    public long connections() {
      return connections;
    }

    @Override
    public Optional<SortedMap<Long, Long>> answerTimes() {
      return tellsTimes
          ? Optional.of(new TreeMap<>(Map.of(900L, 3L, 100L, 12L)))
          : Optional.empty();
    }
  }

  private final StubServer server = new StubServer();
  private final LivePage page =
      new LivePage(server, request -> Response.empty(Status.NOT_FOUND, Fields.NONE));

  @Test
  void tellsTheFiguresAsJson() {
    Response response = page.handle(Request.get("a", "/lab/figures"));
    assertThat(response.fields().first("Content-Type")).hasValue("application/json");
    assertThat(text(response))
        .contains("\"model\":\"epoll\"", "\"requests\":42", "\"connections\":7")
        .contains("\"states\":{\"ESTABLISHED\":0,\"TIME_WAIT\":0,\"CLOSE_WAIT\":0}")
        .containsPattern("\"threads\":[1-9]")
        .containsPattern("\"memoryKib\":[1-9]")
        .containsPattern("\"cpuMillis\":[1-9]");
  }

  @Test
  void tellsHowLongAnswersTookFromTheShortestOn() {
    assertThat(text(page.handle(Request.get("a", "/lab/figures"))))
        .contains("\"times\":[[100,12],[900,3]]");
  }

  @Test
  void tellsThatTheTimesOfOtherProcessesAreNotKnown() {
    server.tellsTimes = false;
    assertThat(text(page.handle(Request.get("a", "/lab/figures")))).contains("\"times\":null");
    assertThat(text(page.handle(Request.get("a", "/lab/live.js"))))
        .contains("not measured in worker processes");
  }

  @Test
  void tellsWhatWasUsedWhenNobodyWasConnectedBesideWhatIsUsedNow() throws Exception {
    LiveFigures figures = new LiveFigures(server);
    server.connections = 0;
    String alone = figures.json(0);
    CountDownLatch over = new CountDownLatch(1);
    List<Thread> more =
        IntStream.range(0, 50)
            .mapToObj(i -> Thread.ofPlatform().daemon().start(() -> await(over)))
            .toList();
    server.connections = 50;
    String crowded = figures.json(Duration.ofSeconds(1).toNanos());
    over.countDown();
    for (Thread thread : more) {
      thread.join();
    }
    assertThat(number(idle(alone), "\"threads\":")).isEqualTo(number(alone, "\"threads\":"));
    assertThat(idle(crowded)).isEqualTo(idle(alone));
    assertThat(number(crowded, "\"threads\":"))
        .isGreaterThan(number(idle(crowded), "\"threads\":") + 25);
  }

  @Test
  void letsNoNameEndAText() {
    assertThat(text(page.handle(Request.get("a", "/lab/figures"))))
        .contains("\"models\":[\"epoll\",\"x___script_\"]");
  }

  @Test
  void leadsToThePage() {
    for (String path : List.of("/", "/lab")) {
      Response response = page.handle(Request.get("a", path));
      assertThat(response.status()).isEqualTo(Status.MOVED_PERMANENTLY);
      assertThat(response.fields().first("Location")).hasValue("/lab/");
    }
  }

  @Test
  void hasAllThatThePageAsksForAndNothingFromElsewhere() {
    String html = text(page.handle(Request.get("a", "/lab/")));
    var links = Pattern.compile("(?:href|src)=\"([^\"]*)\"").matcher(html).results().toList();
    assertThat(links).hasSize(2);
    links.forEach(link -> {
      Response part = page.handle(Request.get("a", "/lab/" + link.group(1)));
      assertThat(part.status()).isEqualTo(Status.OK);
      assertThat(part.fields().first("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(text(part)).doesNotContain("innerHTML", "https://", "eval(");
    });
    assertThat(html).doesNotContain("style=", "onclick", "<style");
  }

  @Test
  void leavesEverythingElseToTheOther() {
    assertThat(page.handle(Request.get("a", "/metrics")).status()).isEqualTo(Status.NOT_FOUND);
    Request post = new Request("POST", "/lab/", "", "a", Version.HTTP_1_1, Headers.of());
    assertThat(page.handle(post).status()).isEqualTo(Status.NOT_FOUND);
  }

  @Test
  void handlersWaitOrCompute() {
    Request request = Request.get("a", "/");
    long before = System.nanoTime();
    Response waited = new WaitingHandler(Duration.ofMillis(20)).handle(request);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
    assertThat(text(waited)).isEqualTo("ok\n");
    // SHA-256 of the SHA-256 of "/".
    assertThat(text(new ComputingHandler(2).handle(request)))
        .isEqualTo("e344fcf046503fd53bb404197dac9c86405f8bd53b751e40bfa0e386df112f0f\n");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /// The first number behind these words.
  private static long number(String json, String words) {
    Matcher matcher = Pattern.compile(words + "(\\d+)").matcher(json);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String idle(String json) {
    Matcher matcher = Pattern.compile("\"idle\":\\{[^}]*}").matcher(json);
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }

  private static String text(Response response) {
    return new String(((Body.Bytes) response.body()).bytes(), UTF_8);
  }
}
