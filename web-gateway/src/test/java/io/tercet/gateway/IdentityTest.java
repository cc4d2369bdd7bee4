package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

class IdentityTest extends GatewayFixture {

  /// Each test has a session of its own, so that no test uses the cached session of another.
  private final String alive = "alive-" + UUID.randomUUID();

  @Test
  void sendsTheTokenOfASessionInItsPlace() {
    request("GET", "/api/rooms").session(alive).send();

    assertThat(CHAT.onlyRequest().header("Authorization")).isEqualTo("Bearer token-of-" + alive);
    assertThat(CHAT.onlyRequest().header("Cookie")).isNull();
  }

  @Test
  void filesGetTheTokenToo() {
    request("GET", "/api/files/people/me/").session(alive).send();

    assertThat(FILES.onlyRequest().header("Authorization")).isEqualTo("Bearer token-of-" + alive);
    assertThat(FILES.onlyRequest().header("Cookie")).isNull();
  }

  @Test
  void prefersTheCookieThatNeighboursCannotPlant() {
    request("GET", "/api/rooms")
        .header("Cookie", "tercet-session=planted; __Host-tercet-session=" + alive)
        .send();

    assertThat(CHAT.onlyRequest().header("Authorization")).isEqualTo("Bearer token-of-" + alive);
  }

  @Test
  void provesItselfToChatServiceWithAServiceToken() throws Exception {
    request("GET", "/api/rooms").session(alive).send();

    var authorization = CHAT.exchanged().getFirst().authorization();
    assertThat(authorization).startsWith("Bearer ");
    var parts = authorization.substring("Bearer ".length()).split("\\.");
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    assertThat(Base64.getUrlDecoder().decode(parts[2]))
        .isEqualTo(mac.doFinal((parts[0] + "." + parts[1]).getBytes(UTF_8)));
    var claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.get("iss").asString()).isEqualTo("web-gateway");
    assertThat(claims.get("aud").asString()).isEqualTo("chat-service");
    assertThat(Instant.ofEpochSecond(claims.get("exp").asLong()))
        .isBetween(Instant.now(), Instant.now().plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/session", "/api/session/token"})
  void theSessionItselfGoesOnOnlyToWhatIsAboutSessions(String target) {
    request("GET", target).session(alive).send();

    assertThat(CHAT.onlyRequest().header("Cookie")).isEqualTo("tercet-session=" + alive);
    assertThat(CHAT.onlyRequest().header("Authorization")).isEqualTo("Bearer token-of-" + alive);
  }

  @Test
  void signingOutEndsBothSessionsOfABrowserThatHasTwo() {
    String older = "older-" + alive;
    String both = "tercet-session=" + older + "; __Host-tercet-session=" + alive;
    request("GET", "/api/rooms").session(older).send();
    request("DELETE", "/api/session").header("Cookie", both).origin(ownOrigin()).send();
    CHAT.decide(_ -> Mono.just(401));

    assertThat(CHAT.seen().getLast().header("Cookie"))
        .isEqualTo("__Host-tercet-session=" + alive + "; tercet-session=" + older);
    request("GET", "/api/rooms").session(older).send();
    assertThat(CHAT.seen().getLast().header("Authorization")).isNull();
  }

  @Test
  void theCookieOfANewSessionComesBack() {
    CHAT.behave((request, response) ->
        response
            .status(201)
            .header("Set-Cookie", "tercet-session=new; HttpOnly")
            .sendString(Mono.just("{}"))
            .then());

    var answer = request("POST", "/api/session").body("{\"name\":\"ada\"}").send();

    assertThat(answer.header("Set-Cookie")).isEqualTo("tercet-session=new; HttpOnly");
  }

  @Test
  void aTokenPassesUntouchedAndASessionBesideItIsNotUsed() {
    request("GET", "/api/session")
        .session(alive)
        .header("Authorization", "Bearer own-token")
        .send();

    assertThat(CHAT.onlyRequest().header("Authorization")).isEqualTo("Bearer own-token");
    assertThat(CHAT.onlyRequest().header("Cookie")).isNull();
    assertThat(CHAT.exchanged()).isEmpty();
  }

  @Test
  void twoTokensAreRefused() {
    var answer =
        request("GET", "/api/rooms")
            .header("Authorization", "Bearer a")
            .header("Authorization", "Bearer b")
            .send();

    assertThat(answer.problem()).isEqualTo("invalid-request");
  }

  @Test
  void anEndedSessionMakesTheRequestAnonymous() {
    var answer =
        request("POST", "/api/session").session("ended").origin(ownOrigin()).body("{}").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(CHAT.onlyRequest().header("Authorization")).isNull();
  }

  @Test
  void thePageIsServedWithoutAskingWhoReadsIt() {
    request("GET", "/").session(alive).send();

    assertThat(CHAT.exchanged()).isEmpty();
    assertThat(PAGES.onlyRequest().header("Cookie")).isNull();
    assertThat(PAGES.onlyRequest().header("Authorization")).isNull();
  }

  @Test
  void asksOnceForManyRequestsOfOneSession() {
    for (int i = 0; i < 5; i++) {
      request("GET", "/api/rooms").session(alive).send();
    }

    assertThat(CHAT.seen()).hasSize(5);
    assertThat(CHAT.exchanged()).hasSize(1);
  }

  @Test
  void requestsAtTheSameTimeWaitForOneExchange() {
    var gate = Sinks.<Integer>one();
    CHAT.decide(_ -> gate.asMono());
    var requests =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> request("GET", "/api/rooms").session(alive).send().status(),
                    Thread::startVirtualThread))
            .toList();
    await().atMost(Duration.ofSeconds(30)).until(() -> CHAT.exchanged().size() == 1);

    gate.tryEmitValue(200).orThrow();

    assertThat(requests).allSatisfy(status -> assertThat(status.join()).isEqualTo(200));
    assertThat(CHAT.exchanged()).hasSize(1);
  }

  @Test
  void aSessionThatEndsHereIsForgottenAtOnce() {
    request("GET", "/api/rooms").session(alive).send();
    request("DELETE", "/api/session").session(alive).origin(ownOrigin()).send();
    CHAT.decide(_ -> Mono.just(401));
    CHAT.behave((_, response) -> response.status(401).send());

    var after = request("GET", "/api/rooms").session(alive).send();

    assertThat(after.status()).isEqualTo(401);
    assertThat(CHAT.seen().getLast().header("Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500, 503})
  void aBrokenExchangeIsNobodysSession(int status) {
    CHAT.decide(_ -> Mono.just(status));

    var answer = request("GET", "/api/files/people/me/").session(alive).send();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("service-unavailable");
    assertThat(FILES.seen()).isEmpty();
  }

  @Test
  void aBrokenExchangeIsNotRemembered() {
    CHAT.decide(_ -> Mono.just(500));
    request("GET", "/api/rooms").session(alive).send();
    CHAT.decide(_ -> Mono.just(200));

    assertThat(request("GET", "/api/rooms").session(alive).send().status()).isEqualTo(200);
  }

  @Test
  void whatACallerSaysAboutItselfIsDropped() {
    var request = request("GET", "/api/rooms");
    for (var name :
        new String[] {
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-User",
          "X_Forwarded_For",
          "Forwarded",
          "X-Real-IP",
          "X-Proxied-Https",
          "Proxy-ssl-id",
          "Front-End-Https",
          "X-Tercet-Person",
          "x-tercet-anything",
          "X-Auth-User",
          "Remote-User",
          "X-Remote-User",
          "True-Client-IP",
          "X-Original-URL",
          "X-HTTP-Method-Override"
        }) {
      request.header(name, "forged");
    }
    request.send();

    var headers = CHAT.onlyRequest().headers();
    assertThat(headers.entries()).extracting("value").doesNotContain("forged");
    assertThat(headers.getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(headers.getAll("X-Forwarded-Host")).containsExactly("127.0.0.1:" + port);
    assertThat(headers.getAll("X-Forwarded-Proto")).containsExactly("http");
  }

  @Test
  void headersThatEndAtEachHopDoNotGoOn() {
    request("GET", "/api/rooms")
        .header("Connection", "X-Private-Hop")
        .header("X-Private-Hop", "1")
        .header("TE", "trailers")
        .header("Proxy-Authorization", "Basic x")
        .header("Keep-Alive", "timeout=5")
        .send();

    assertThat(CHAT.onlyRequest().headers().names())
        .doesNotContain("X-Private-Hop", "TE", "Proxy-Authorization", "Keep-Alive", "Connection");
  }
}
