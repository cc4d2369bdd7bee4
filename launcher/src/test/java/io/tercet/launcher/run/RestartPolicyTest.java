package io.tercet.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.launcher.run.RestartPolicy.Decision.GiveUp;
import io.tercet.launcher.run.RestartPolicy.Decision.Restart;
import io.tercet.launcher.service.Service;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  private static final Instant START = Instant.EPOCH;
  private final RestartPolicy policy = new RestartPolicy();

  private RestartPolicy.Decision diesAfter(long seconds) {
    return policy.afterDeath(Service.CHAT_SERVICE, START.plusSeconds(seconds));
  }

  private static Restart restartIn(long seconds) {
    return new Restart(Duration.ofSeconds(seconds));
  }

  @Test
  void restartsAtOnceThenAfterOneTwoAndFourSecondsAndGivesUpAtTheFifthDeath() {
    assertThat(diesAfter(0)).isEqualTo(restartIn(0));
    assertThat(diesAfter(1)).isEqualTo(restartIn(1));
    assertThat(diesAfter(3)).isEqualTo(restartIn(2));
    assertThat(diesAfter(6)).isEqualTo(restartIn(4));
    assertThat(diesAfter(59)).isEqualTo(new GiveUp(5));
  }

  @Test
  void forgetsADeathAfterAMinute() {
    diesAfter(0);
    diesAfter(1);
    assertThat(diesAfter(60)).isEqualTo(restartIn(1));
    assertThat(diesAfter(200)).isEqualTo(restartIn(0));
  }

  @Test
  void countsEachServiceByItself() {
    diesAfter(0);
    assertThat(policy.afterDeath(Service.FILE_SERVICE, START)).isEqualTo(restartIn(0));
  }
}
