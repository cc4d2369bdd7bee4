package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Body;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.message.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an echo says.
class EchoHandlerTest {
  private final EchoHandler echo = new EchoHandler(100);

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT"})
  void isTheBodyWithItsType(String method) {
    Response response = echo.handle(request(method, "héllo", "Content-Type", "text/plain"));
    assertThat(response.status()).isEqualTo(Status.OK);
    assertThat(response.fields().first("Content-Type")).hasValue("text/plain");
    assertThat(response.body())
        .isInstanceOfSatisfying(
            Body.Bytes.class,
            body -> assertThat(new String(body.bytes(), UTF_8)).isEqualTo("héllo"));
  }

  @Test
  void isOfNoTypeIfNoneWasSaid() {
    assertThat(echo.handle(request("POST", "x")).fields().first("Content-Type"))
        .hasValue("application/octet-stream");
  }

  @Test
  void runsNoPageOfSomebodyElse() {
    Response response = echo.handle(request("POST", "<script>", "Content-Type", "text/html"));
    assertThat(response.fields().first("Content-Security-Policy")).hasValue("sandbox");
    assertThat(response.fields().first("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void isForTheMethodsItNames() {
    assertThat(echo.handle(request("OPTIONS", "")).fields().first("Allow")).isPresent();
    Response refused = echo.handle(request("DELETE", ""));
    assertThat(refused.status()).isEqualTo(Status.METHOD_NOT_ALLOWED);
    assertThat(refused.fields().first("Allow")).isPresent();
  }

  @Test
  void takesWhatItIsTold() {
    assertThat(echo.bodyBytesMax(request("POST", ""))).isEqualTo(100);
  }

  private static Request request(String method, String body, String... fields) {
    return new Request(method, "/", "", "h", Version.HTTP_1_1, Headers.of(fields))
        .with(new Body.Bytes(body.getBytes(UTF_8)));
  }
}
