package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;

/// A page on a name that its owner lets lead to this machine reaches nothing (DNS rebinding).
@TestPropertySource(
    properties = {
      "tercet.host.names=Tercet.example.org.,*.home.arpa",
      "tercet.proxy.trusted=127.0.0.1"
    })
class KnownHostsTest extends GatewayFixture {

  @LocalManagementPort int managementPort;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/assets/index.js",
        "/api/session",
        "/api/rooms",
        "/api/files/people/me/",
        "/api/sites",
        "/s/share",
        "/.well-known/jwks.json",
        "/api/nothing",
        "/internal/sites",
        "/api/socket"
      })
  void aPageOnAnUnknownNameReachesNothing(String target) {
    for (var method : new String[] {"GET", "HEAD", "POST", "OPTIONS", "TRACE"}) {
      var answer =
          request(method, target)
              .host("evil.example:" + port)
              .origin("http://evil.example:" + port)
              .session("alive")
              .send();

      assertThat(answer.status()).as(method).isEqualTo(421);
    }
    assertNothingWasReached();
  }

  @Test
  void aWebSocketOfAnUnknownNameIsNotOpened() {
    var answer =
        request("GET", "/api/socket")
            .host("evil.example")
            .origin("http://evil.example")
            .session("alive")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .keepingAlive()
            .header("Connection", "Upgrade, close")
            .send();

    assertThat(answer.problem()).isEqualTo("misdirected-request");
    assertNothingWasReached();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "EVIL.example.",
        "evil.example:80",
        "localhost.evil.example",
        "pages.localhost.evil.example",
        "notlocalhost",
        "home.arpa",
        "x.tercet.example.org",
        "tercet.example.org.evil.example",
        "127.0.0.1.evil.example",
        "127.1",
        "0x7f000001",
        "2130706433",
        "1.2.3.4.5",
        "web-gateway"
      })
  void isAskedToBeListed(String host) {
    var answer = request("GET", "/").host(host).send();

    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.problem()).isEqualTo("misdirected-request");
    assertThat(answer.text()).contains("TERCET_HOSTS");
    assertNothingWasReached();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost.:9",
        "tercet.localhost",
        "TERCET.example.org",
        "tercet.example.org.:443",
        "nas.home.arpa",
        "a.b.home.arpa",
        "talk.example.org",
        "127.0.0.1",
        "192.0.2.7:8080",
        "[::1]",
        "[2001:db8::7]:8080",
        "[::ffff:192.0.2.7]"
      })
  void leadsToThePageIfItIsKnownOrAnAddress(String host) {
    assertThat(request("GET", "/").host(host).send().text()).isEqualTo("pages");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[192.0.2.7]", "[evil.example]"})
  void isRefusedIfItIsNoHost(String host) {
    assertThat(request("GET", "/").host(host).send().problem()).isEqualTo("invalid-request");
    assertNothingWasReached();
  }

  @Test
  void isTheOneThatATrustedProxyTells() {
    assertThat(
            request("GET", "/")
                .host("web-gateway")
                .header("X-Forwarded-Host", "localhost")
                .send()
                .text())
        .isEqualTo("pages");
    assertThat(
            request("GET", "/")
                .host("localhost")
                .header("X-Forwarded-Host", "evil.example")
                .send()
                .problem())
        .isEqualTo("misdirected-request");
  }

  @Test
  void doesNotMatterAtTheManagementPort() {
    var answer =
        new RawRequest(managementPort, "GET", "/actuator/health/liveness")
            .host("web-gateway")
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  private static void assertNothingWasReached() {
    assertThat(CHAT.causedByClients()).isEmpty();
    assertThat(FILES.seen()).isEmpty();
    assertThat(PAGES.seen()).isEmpty();
  }
}
