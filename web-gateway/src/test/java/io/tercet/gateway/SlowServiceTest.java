package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

/// A service that does not answer in time.
@TestPropertySource(properties = "tercet.limit.call-answer=1s")
class SlowServiceTest extends GatewayFixture {

  @BeforeEach
  void hangs() {
    CHAT.behave((_, _) -> Mono.never());
    PAGES.behave((_, _) -> Mono.never());
  }

  @Test
  void isATimeout() {
    var answer = request("GET", "/api/rooms").send();

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.problem()).isEqualTo("service-timeout");
    assertThat(answer.json().has("detail")).isFalse();
  }

  @Test
  void isAPageForAPerson() {
    var answer = request("GET", "/").header("Accept", "text/html,*/*;q=0.8").send();

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
    assertThat(answer.text()).contains("http-equiv=\"refresh\"");
  }
}
