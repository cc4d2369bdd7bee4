package io.tercet.lab.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.message.Body;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.message.Version;
import io.tercet.http.server.RunningServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LivePageTest {
  private static final class StubServer implements RunningServer {
    private int connections = 7;
    private Set<Trait> traits = Set.of();

    @Override
    public InetSocketAddress address() {
      return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public String model() {
      return "epoll";
    }

    @Override
    public Set<Trait> traits() {
      return traits;
    }

    @Override
    public List<String> models() {
      return List.of("epoll", "x\"</script>");
    }

    @Override
    public void exchangeModel(String name) {}

    @Override
    public long requests() {
      return 42;
    }

    @Override
    public int connections() {
      return connections;
    }
  }

  private final StubServer server = new StubServer();
  private final ResponseTimeHistogram times = new ResponseTimeHistogram(null);
  private final LivePage page =
      new LivePage(server, times, request -> Response.empty(Status.NOT_FOUND, Fields.NONE));

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
    IntStream.range(0, 3).forEach(i -> times.add(responseOf(12)));
    IntStream.range(0, 12).forEach(i -> times.add(responseOf(7)));
    assertThat(text(page.handle(Request.get("a", "/lab/figures"))))
        .contains("\"times\":[[8,12],[13,3]]");
  }

  @Test
  void tellsThatTheTimesOfOtherProcessesAreNotKnown() {
    server.traits = Set.of(Trait.OTHER_PROCESSES);
    times.add(responseOf(7));
    assertThat(text(page.handle(Request.get("a", "/lab/figures")))).contains("\"times\":null");
    assertThat(text(page.handle(Request.get("a", "/lab/live.js"))))
        .contains("not measured in worker processes");
  }

  @Test
  void tellsWhatWasUsedWhenNobodyWasConnectedBesideWhatIsUsedNow() throws Exception {
    LiveMetrics metrics = new LiveMetrics(server, times);
    server.connections = 0;
    String alone = metrics.json(0);
    CountDownLatch over = new CountDownLatch(1);
    List<Thread> more =
        IntStream.range(0, 50)
            .mapToObj(i -> Thread.ofPlatform().daemon().start(() -> await(over)))
            .toList();
    server.connections = 50;
    String crowded = metrics.json(Duration.ofSeconds(1).toNanos());
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

  private static AccessLog.Entry responseOf(long micros) {
    return new AccessLog.Entry(Endpoint.UNKNOWN, null, Status.OK, 1, 0, micros * 1000);
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
