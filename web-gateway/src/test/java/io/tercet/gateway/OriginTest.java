package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest extends GatewayFixture {

  private static final String FOREIGN = "https://evil.example";

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void aSessionChangesThingsOnlyFromOurOwnOrigin(String method) {
    assertThat(request(method, "/api/rooms").session("alive").origin(ownOrigin()).send().text())
        .isEqualTo("chat");
    assertThat(request(method, "/api/rooms").session("alive").origin(ALLOWED_ORIGIN).send().text())
        .isEqualTo("chat");
    CHAT.reset();

    assertThat(request(method, "/api/rooms").session("alive").origin(FOREIGN).send().problem())
        .isEqualTo("foreign-origin");
    assertThat(request(method, "/api/rooms").session("alive").send().problem())
        .isEqualTo("foreign-origin");
    assertThat(CHAT.causedByClients()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://127.0.0.1",
        "http://localhost:8080",
        "http://127.0.0.1:8080.evil.example"
      })
  void anotherPortHostOrNothingIsForeign(String origin) {
    assertThat(request("POST", "/api/rooms").session("alive").origin(origin).send().problem())
        .isEqualTo("foreign-origin");
  }

  @Test
  void anotherSchemeIsForeignWhateverAnUntrustedProxySays() {
    var answer =
        request("POST", "/api/rooms")
            .session("alive")
            .origin("https://127.0.0.1:" + port)
            .header("X-Forwarded-Proto", "https")
            .header("Forwarded", "proto=https")
            .send();

    assertThat(answer.problem()).isEqualTo("foreign-origin");
  }

  @Test
  void theSchemesUsualPortNeedNotBeWritten() {
    assertThat(
            request("POST", "/api/rooms")
                .host("talk.example.org:80")
                .session("alive")
                .origin("http://talk.example.org")
                .send()
                .text())
        .isEqualTo("chat");
  }

  @Test
  void readingNeedsNoOrigin() {
    assertThat(request("GET", "/api/rooms").session("alive").send().text()).isEqualTo("chat");
    assertThat(request("HEAD", "/api/rooms").session("alive").origin(FOREIGN).send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/session", "/api/people", "/api/session/token"})
  void nobodyIsSignedInFromAnotherSite(String target) {
    var refused = request("POST", target).origin(FOREIGN).body("{}").send();

    assertThat(refused.problem()).isEqualTo("foreign-origin");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(CHAT.seen()).isEmpty();
  }

  @Test
  void aProgramSignsInWithoutOrigin() {
    assertThat(request("POST", "/api/session").body("{}").send().text()).isEqualTo("chat");
  }

  @Test
  void aTokenNeedsNoOriginAlsoBesideASession() {
    var answer =
        request("POST", "/api/rooms")
            .header("Authorization", "bearer own-token")
            .session("alive")
            .send();

    assertThat(answer.text()).isEqualTo("chat");
  }

  @Test
  void whatABrowserSendsByItselfIsNoToken() {
    var answer =
        request("POST", "/api/rooms")
            .header("Authorization", "Basic YTpi")
            .session("alive")
            .origin(FOREIGN)
            .send();

    assertThat(answer.problem()).isEqualTo("foreign-origin");
  }

  @Test
  void filesAreGuardedToo() {
    assertThat(
            request("PUT", "/api/files/people/me/a")
                .session("alive")
                .origin(FOREIGN)
                .body("x")
                .send()
                .problem())
        .isEqualTo("foreign-origin");
    assertThat(FILES.seen()).isEmpty();
  }

  @Test
  void noOtherSiteMayAskWhatItMayDo() {
    var answer =
        request("OPTIONS", "/api/rooms")
            .origin(FOREIGN)
            .header("Access-Control-Request-Method", "PUT")
            .send();

    assertThat(answer.problem()).isEqualTo("foreign-origin");
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
  }
}
