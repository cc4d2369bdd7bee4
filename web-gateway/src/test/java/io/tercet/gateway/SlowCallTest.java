package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/// A body that does not arrive in time.
@TestPropertySource(properties = "tercet.limit.call-time=300ms")
class SlowCallTest extends GatewayFixture {

  @Test
  void isRefusedAndItsConnectionClosed() throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              request("POST", "/api/rooms")
                  .keepingAlive()
                  .header("Content-Length", "10")
                  .rawBody("{")
                  .octets());

      var answer = RawRequest.Answer.read(socket.getInputStream(), false);

      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.problem()).isEqualTo("request-timeout");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(CHAT.seen()).isEmpty();
    }
  }

  @Test
  void isNoUploadWhichMayTakeItsTime() throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      var put = request("PUT", "/api/files/people/me/a").header("Content-Length", "2");
      socket.getOutputStream().write(put.rawBody("x").octets());
      // Begins later than the upload, and is over.
      isRefusedAndItsConnectionClosed();

      socket.getOutputStream().write('x');

      assertThat(RawRequest.Answer.read(socket.getInputStream(), false).text()).isEqualTo("files");
    }
  }
}
