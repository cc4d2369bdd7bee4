package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class ServicesDownTest extends RunningGateway {

  /// Has a port, so that nobody else gets it, and does not listen.
  private static final Socket DEAF = new Socket();

  @DynamicPropertySource
  static void nobodyListens(DynamicPropertyRegistry registry) throws IOException {
    DEAF.bind(new InetSocketAddress("127.0.0.1", 0));
    var url = "http://127.0.0.1:" + DEAF.getLocalPort();
    registry.add("tercet.route.chat-url", () -> url);
    registry.add("tercet.route.files-url", () -> url);
    registry.add("tercet.route.pages-url", () -> url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/rooms", "/api/files/people/me/a", "/s/x"})
  void whatIsDownIsSaidAtOnce(String target) {
    var answer = request("GET", target).send();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("service-unavailable");
    assertThat(answer.json().has("detail")).isFalse();
    assertThat(answer.header("Retry-After")).isEqualTo("3");
  }

  @Test
  void aPersonGetsAPageThatTriesAgain() {
    var answer = request("GET", "/rooms/lobby").header("Accept", "text/html").send();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(answer.text()).contains("http-equiv=\"refresh\"", "tries again");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aVisitorOfASiteGetsThatPageToo() {
    var answer =
        request("GET", "/").host("blog.pages.localhost").header("Accept", "text/html").send();

    assertThat(answer.text()).contains("http-equiv=\"refresh\"");
  }

  @Test
  void anExchangeThatCannotBeMadeIsNobodysSession() {
    assertThat(request("GET", "/api/rooms").session("alive").send().problem())
        .isEqualTo("service-unavailable");
  }
}
