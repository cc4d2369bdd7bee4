package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

/// The gateway behind a proxy that it trusts; here, everything on this machine is one.
@TestPropertySource(
    properties = {"tercet.proxy.trusted=127.0.0.1,10.0.0.0/8", "tercet.host.names=tercet.example"})
class TrustedProxyTest extends GatewayFixture {

  @Test
  void tellsAddressSchemeAndHostOfTheClient() {
    request("GET", "/api/rooms")
        .header("X-Forwarded-For", "6.6.6.6, 198.51.100.7, 10.2.3.4")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "tercet.example")
        .header("X-Forwarded-User", "forged")
        .send();

    var headers = CHAT.onlyRequest().headers();
    assertThat(headers.getAll("X-Forwarded-For")).containsExactly("198.51.100.7");
    assertThat(headers.getAll("X-Forwarded-Proto")).containsExactly("https");
    assertThat(headers.getAll("X-Forwarded-Host")).containsExactly("tercet.example");
    assertThat(headers.contains("X-Forwarded-User")).isFalse();
  }

  @Test
  void mayGiveTheRequestItsId() {
    var answer = request("GET", "/api/rooms").header("X-Request-Id", "of_the-proxy-1").send();

    assertThat(answer.header("X-Request-Id")).isEqualTo("of_the-proxy-1");
    assertThat(CHAT.onlyRequest().header("X-Request-Id")).isEqualTo("of_the-proxy-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with blanks in it", "<b>bold</b>", "0123456789\u00e4"})
  void mayNotGiveItAnIdThatIsNotWellFormed(String id) {
    assertThat(
            request("GET", "/internal/x")
                .header("X-Request-Id", id)
                .send()
                .json()
                .get("requestId")
                .asString())
        .matches("[0-9a-f]{16}");
  }

  @Test
  void mayUseTheStandardField() {
    request("GET", "/api/rooms")
        .header("Forwarded", "for=\"[2001:db8::7]:4711\";proto=https;host=tercet.example")
        .send();

    var headers = CHAT.onlyRequest().headers();
    assertThat(headers.getAll("X-Forwarded-For")).containsExactly("2001:db8:0:0:0:0:0:7");
    assertThat(headers.getAll("X-Forwarded-Proto")).containsExactly("https");
    assertThat(headers.getAll("X-Forwarded-Host")).containsExactly("tercet.example");
    assertThat(headers.contains("Forwarded")).isFalse();
  }

  @Test
  void mayNotPassOnWhatContradictsIt() {
    var answer =
        request("GET", "/api/rooms")
            .header("X-Forwarded-For", "198.51.100.7")
            .header("Forwarded", "for=6.6.6.6")
            .send();

    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertThat(CHAT.causedByClients()).isEmpty();
  }

  @Test
  void isTheClientItselfIfItNamesNone() {
    request("GET", "/api/rooms").header("X-Forwarded-For", "unknown").send();

    assertThat(CHAT.onlyRequest().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
  }

  @Test
  void makesOurOriginThePublicOne() {
    assertThat(behindTls("POST", "/api/rooms", "https://tercet.example").send().text())
        .isEqualTo("chat");
    assertThat(behindTls("POST", "/api/rooms", "http://tercet.example").send().problem())
        .isEqualTo("foreign-origin");
    assertThat(behindTls("POST", "/api/rooms", ownOrigin()).send().problem())
        .isEqualTo("foreign-origin");
  }

  @Test
  void makesSitesReachableByTheirPublicName() {
    var answer = request("GET", "/").header("X-Forwarded-Host", "garden.pages.localhost").send();

    assertThat(answer.text()).isEqualTo("pages");
    assertThat(PAGES.onlyRequest().header("Host")).isEqualTo("garden.pages.localhost");
  }

  @Test
  void mayNotNameAHostThatIsNone() {
    assertThat(request("GET", "/").header("X-Forwarded-Host", "a b").send().problem())
        .isEqualTo("invalid-request");
  }

  @Test
  void makesBrowsersComeOverTlsOnlyWhateverTheAnswerIs() {
    for (var target : new String[] {"/", "/api/rooms", "/api/files/people/me/", "/internal"}) {
      assertThat(behindTls("GET", target, "https://tercet.example").send().headers())
          .as(target)
          .containsEntry("strict-transport-security", List.of("max-age=31536000"));
      assertThat(request("GET", target).send().headers())
          .as(target)
          .doesNotContainKey("strict-transport-security");
    }
  }

  @Test
  void tellsTheClientOfAWebSocketToo() throws Exception {
    CHAT.behave((_, response) -> response.sendWebsocket((in, out) -> out.sendString(Mono.never())));
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer own-token")
            .header("X-Forwarded-For", "6.6.6.6, 198.51.100.7")
            .header("X-Forwarded-Proto", "https")
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/api/socket"), new WebSocket.Listener() {})
            .get(60, TimeUnit.SECONDS);

    var headers = CHAT.onlyRequest().headers();
    assertThat(headers.getAll("X-Forwarded-For")).containsExactly("198.51.100.7");
    assertThat(headers.getAll("X-Forwarded-Proto")).containsExactly("https");
    socket.abort();
  }

  private RawRequest behindTls(String method, String target, String origin) {
    return request(method, target)
        .header("X-Forwarded-For", "198.51.100.7")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "tercet.example")
        .session("alive")
        .origin(origin);
  }
}
