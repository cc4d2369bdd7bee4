package io.tercet.chat.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveReplicasTest {

  private final TestReplicas replicas = new TestReplicas();
  private final LiveReplicas one = replicas.add();
  private final LiveReplicas two = replicas.add();

  @Test
  void knowEachOtherAfterAHeartbeatOfEach() {
    assertThat(one.view().isHeard()).isFalse();
    replicas.beat(one, two);
    replicas.beat(one);

    assertThat(one.view().isHeard()).isTrue();
    assertThat(one.view().alive()).contains(two.view().life());
    assertThat(one.count()).isEqualTo(2);
    assertThat(one.isOwn(one.view().life())).isTrue();
    assertThat(one.isOwn(two.view().life())).isFalse();
  }

  @Test
  void doNotCountOneThatIsSilentForTooLong() {
    replicas.beat(one, two);
    for (int seconds = 0; seconds < 6; seconds += 2) {
      replicas.beat(one);
      assertThat(one.count()).isEqualTo(2);
    }
    replicas.beat(one);

    assertThat(one.count()).isEqualTo(1);
    assertThat(one.view().alive()).containsExactly(one.view().life());
  }

  @Test
  void beginAnotherLifeAtOnceWhenTheirsWasForgotten() {
    replicas.beat(one, two);
    String forgotten = two.view().life();
    for (int i = 0; i < 5; i++) {
      replicas.beat(one);
    }
    replicas.beat(two, one);

    assertThat(two.view().life()).isNotEqualTo(forgotten);
    assertThat(two.view().isHeard()).isTrue();
    assertThat(one.view().alive()).contains(two.view().life()).doesNotContain(forgotten);
  }

  @Test
  void beginAnotherLifeWhenValkeyLostEverything() {
    replicas.beat(one, two);
    replicas.loseEverything();
    replicas.beat(one, two);
    replicas.beat(one, two);

    assertThat(one.view().alive()).contains(one.view().life(), two.view().life());
    assertThat(one.count()).isEqualTo(2);
  }

  @Test
  void letTheLifeBeforeCountForOneHeartbeatMore() {
    settle();
    String before = one.view().life();
    one.renew();
    replicas.beat(one, two);
    assertThat(two.view().alive()).contains(before, one.view().life()).hasSize(3);
    assertThat(two.count()).isEqualTo(2);

    replicas.beat(one, two);
    assertThat(two.view().alive()).containsExactlyInAnyOrder(one.view().life(), two.view().life());
  }

  @Test
  void beginNotMoreThanOneLifeInATime() {
    settle();
    one.renew();
    replicas.beat(one);
    String life = one.view().life();
    one.renew();
    replicas.beat(one);
    assertThat(one.view().life()).isEqualTo(life);

    replicas.beat(one);
    replicas.beat(one);
    replicas.beat(one);
    assertThat(one.view().life()).isNotEqualTo(life);
  }

  @Test
  void knowNobodyOnceValkeyIsAwayForTooLongAndKeepTheNumber() {
    replicas.beat(one, two);
    replicas.beat(one, two);
    replicas.away(true);
    for (int i = 0; i < 4; i++) {
      replicas.beat(one, two);
      assertThat(one.view().alive()).hasSize(2);
    }
    replicas.beat(one, two);

    assertThat(one.view().alive()).isEmpty();
    assertThat(one.view().isHeard()).isFalse();
    assertThat(one.count()).isEqualTo(2);
  }

  @Test
  void refuseASilenceInWhichNoAnswerMayBeMissing() {
    assertThatThrownBy(() -> new ReplicaSettings(Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .hasMessageContaining("silence-max");
  }

  /// Lets the time pass in which no other life begins.
  private void settle() {
    for (int i = 0; i < 5; i++) {
      replicas.beat(one, two);
    }
  }
}
