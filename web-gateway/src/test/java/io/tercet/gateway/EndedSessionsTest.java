package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/// Two gateways before one chat-service.
class EndedSessionsTest extends GatewayFixture {

  /// Less than the 10 s for which a session is cached. A second is enough on a machine that has
  /// time.
  private static final Duration SOON = Duration.ofSeconds(6);

  private final String session = "alive-" + UUID.randomUUID();

  @TempDir static Path data;

  private static GatewayProcess other;

  @BeforeAll
  static void startAnother() throws Exception {
    Files.writeString(data.resolve("service-secret"), SECRET);
    other =
        GatewayProcess.start(
                Map.of(
                    "TERCET_DATA",
                    data.toString(),
                    "TERCET_CHAT_URL",
                    CHAT_SERVICE.url(),
                    "TERCET_IDENTITY_ANSWERTIMEOUT",
                    "1500ms"))
            .awaitStarted();
  }

  @AfterAll
  static void stopIt() {
    other.close();
  }

  @BeforeEach
  void waitForTheOther() {
    await().atMost(Duration.ofSeconds(30)).until(EndedSessionsTest::otherHears);
  }

  @Test
  void areNoLongerUsedAtAnyGatewayWithinASecond() {
    assertThat(isKnown(port)).isTrue();
    assertThat(isKnown(otherPort())).isTrue();
    CHAT.decide(_ -> Mono.just(401));
    assertThat(isKnown(port)).isTrue();

    CHAT.end(session);
    await().atMost(SOON).until(() -> !isKnown(port) && !isKnown(otherPort()));
  }

  @Test
  void areAskedForAgainAfterASecondWhileTheStreamIsBroken() {
    assertThat(isKnown(port)).isTrue();
    CHAT.refuseStreams();
    await().until(() -> !hears(metrics));
    assertThat(isKnown(port)).isTrue();

    CHAT.decide(_ -> Mono.just(401));
    await().atMost(SOON).until(() -> !isKnown(port));
  }

  @Test
  void areAskedForAgainWhenTheStreamIsThereAgain() {
    assertThat(isKnown(port)).isTrue();
    CHAT.refuseStreams();
    await().until(() -> !hears(metrics));
    CHAT.decide(_ -> Mono.just(401));
    CHAT.acceptStreams();
    await().until(() -> hears(metrics));

    assertThat(isKnown(port)).isFalse();
  }

  @Test
  void areAskedForAgainAfterASecondWhileChatServiceDoesNotHearOfAll() {
    assertThat(isKnown(otherPort())).isTrue();
    CHAT.decide(_ -> Mono.just(401));
    CHAT.hearsOfAll(false);

    await().atMost(SOON).until(() -> !isKnown(otherPort()));
  }

  @Test
  void comeInAnotherStreamWhenOneFallsSilent() {
    int opened = CHAT.opened();
    CHAT.fallSilent();

    await().until(() -> CHAT.opened() > opened);
  }

  private boolean isKnown(int gateway) {
    new RawRequest(gateway, "GET", "/api/rooms").session(session).send();
    return CHAT.seen().getLast().header("Authorization") != null;
  }

  private static int otherPort() {
    return other.port();
  }

  private static boolean otherHears() {
    var metrics = new RawRequest(other.managementPort(), "GET", "/actuator/prometheus");
    return metrics.send().text().contains("tercet_sessions_heard 1.0");
  }
}
