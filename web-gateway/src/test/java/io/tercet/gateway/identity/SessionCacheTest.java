package io.tercet.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SessionCacheTest {

  private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private Mono<SessionExchangeClient.ExchangeResponse> answer = granted(Duration.ofMinutes(5));
  private SessionCache sessions;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    var secretFile = Files.writeString(folder.resolve("secret"), "s".repeat(32));
    var settings =
        new IdentitySettings(
            URI.create("http://unused"),
            secretFile,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            100,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    SessionExchangeClient chat =
        (_, _) ->
            Mono.defer(() -> {
              asked.incrementAndGet();
              return answer;
            });
    var clock = InstantSource.fixed(NOW);
    var tokens = new ServiceTokens(ServiceSecret.read(secretFile), clock);
    sessions = new SessionCache(chat, tokens, clock, nanos::get, settings);
    sessions.hears(true);
  }

  @Test
  void rememberASessionForTenSeconds() {
    exchange("a");
    pass(Duration.ofMillis(9_999));
    exchange("a");
    assertThat(asked).hasValue(1);

    pass(Duration.ofMillis(1));
    exchange("a");
    assertThat(asked).hasValue(2);
  }

  @Test
  void doNotUseATokenInItsLastFiveSeconds() {
    answer = granted(Duration.ofSeconds(8));
    exchange("a");
    pass(Duration.ofSeconds(3));
    exchange("a");

    assertThat(asked).hasValue(2);
  }

  @Test
  void rememberThatASessionHasEndedNoLongerThanOneThatLives() {
    answer =
        Mono.error(
            WebClientResponseException.create(
                401, "Unauthorized", HttpHeaders.EMPTY, new byte[0], null));
    assertThat(sessions.lookUp("a").block()).isInstanceOf(SessionState.Ended.class);
    assertThat(sessions.lookUp("a").block()).isInstanceOf(SessionState.Ended.class);
    assertThat(asked).hasValue(1);

    pass(Duration.ofSeconds(10));
    sessions.lookUp("a").block();
    assertThat(asked).hasValue(2);
  }

  @Test
  void keepWhatOneRequestGivesUpForTheOthers() {
    var pending = Sinks.<SessionExchangeClient.ExchangeResponse>one();
    answer = pending.asMono();
    var impatient = sessions.lookUp("a").subscribe();
    var patient = sessions.lookUp("a").toFuture();

    impatient.dispose();
    pending
        .tryEmitValue(
            new SessionExchangeClient.ExchangeResponse("token", NOW.plusSeconds(300), "id"))
        .orThrow();

    assertThat(patient.join()).isEqualTo(new SessionState.Active("token"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void doNotRememberAnExchangeThatASignOutOvertook() {
    var pending = Sinks.<SessionExchangeClient.ExchangeResponse>one();
    answer = pending.asMono();
    var begun = sessions.lookUp("a").toFuture();

    sessions.evict("a");
    pending
        .tryEmitValue(
            new SessionExchangeClient.ExchangeResponse("token", NOW.plusSeconds(300), "id"))
        .orThrow();
    begun.join();
    exchange("a");

    assertThat(asked).hasValue(2);
  }

  @Test
  void rememberASessionForASecondWhileNobodyTellsWhichOnesEnded() {
    sessions.hears(false);
    exchange("a");
    pass(Duration.ofMillis(999));
    exchange("a");
    assertThat(asked).hasValue(1);

    pass(Duration.ofMillis(1));
    exchange("a");
    assertThat(asked).hasValue(2);
  }

  @Test
  void rememberNothingFromBeforeTheyHearOfEndedSessionsAndNothingFromAfter() {
    sessions.hears(false);
    exchange("a");
    sessions.hears(true);
    exchange("a");
    assertThat(asked).hasValue(2);

    sessions.hears(true);
    exchange("a");
    assertThat(asked).hasValue(2);

    sessions.hears(false);
    exchange("a");
    assertThat(asked).hasValue(3);
  }

  @Test
  void forgetASessionThatEnded() {
    exchange("a");
    sessions.ended("another");
    exchange("a");
    assertThat(asked).hasValue(1);

    sessions.ended("id");
    assertThat(sessions.indexed()).isZero();
    exchange("a");
    assertThat(asked).hasValue(2);
  }

  @Test
  void takeASessionForEndedThatEndedDuringItsExchange() {
    var pending = Sinks.<SessionExchangeClient.ExchangeResponse>one();
    answer = pending.asMono();
    var begun = sessions.lookUp("a").toFuture();

    sessions.ended("id");
    pending
        .tryEmitValue(
            new SessionExchangeClient.ExchangeResponse("token", NOW.plusSeconds(300), "id"))
        .orThrow();

    assertThat(begun.join()).isInstanceOf(SessionState.Ended.class);
    assertThat(sessions.indexed()).isZero();
  }

  @Test
  void indexNoSessionThatLeftTheCache() {
    exchange("a");
    assertThat(sessions.indexed()).isEqualTo(1);

    sessions.evict("a");
    await().until(() -> sessions.indexed() == 0);
  }

  @Test
  void neverPrintAToken() {
    assertThat(exchange("a").toString()).doesNotContain("token");
    assertThat(new SessionExchangeClient.ExchangeRequest("secret").toString())
        .doesNotContain("secret");
    assertThat(new SessionCookie("tercet-session", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void refuseToRememberLongerThanTenSeconds() {
    assertThatThrownBy(() ->
            new IdentitySettings(
                URI.create("http://unused"),
                Path.of("unused"),
                Duration.ofSeconds(11),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                1,
                Duration.ZERO,
                Duration.ZERO))
        .hasMessageContaining("PT11S");
  }

  private SessionState exchange(String session) {
    return sessions.lookUp(session).blockOptional().orElseThrow();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Mono<SessionExchangeClient.ExchangeResponse> granted(Duration life) {
    return Mono.just(new SessionExchangeClient.ExchangeResponse("token", NOW.plus(life), "id"));
  }
}
