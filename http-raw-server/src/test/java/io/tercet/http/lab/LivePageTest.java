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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LivePageTest {
  private static final LiveServer SERVER =
      new LiveServer() {
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
          return 7;
        }
      };

  private final LivePage page =
      new LivePage(SERVER, request -> Response.empty(Status.NOT_FOUND, Fields.NONE));

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

  private static String text(Response response) {
    return new String(((Body.Bytes) response.body()).bytes(), UTF_8);
  }
}
