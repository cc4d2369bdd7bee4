package io.tercet.lab.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Body;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandlersTest {
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
