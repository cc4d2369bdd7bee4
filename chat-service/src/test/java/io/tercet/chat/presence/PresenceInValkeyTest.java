package io.tercet.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.replica.LiveReplicas;
import io.tercet.chat.replica.TestReplicas;
import io.tercet.chat.valkey.Valkey;
import io.tercet.chat.valkey.ValkeyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two replicas over one Valkey. The test runs their heartbeats and rounds.
@Tag("docker")
class PresenceInValkeyTest {

  private static final UUID ROOM = UUID.randomUUID();
  private static final Person ADA =
      new Person(new PersonId(UUID.randomUUID()), "ada", "Ada L", true);
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final PresenceSettings SETTINGS =
      new PresenceSettings(
          1000, 10_000, Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(2));

  private final List<One> all = new ArrayList<>();

  private final class One {

    final Valkey valkey;
    final LiveReplicas replicas;
    final SharedPresence presence;
    final PresenceWatch watch;

    One(Valkey valkey) {
      this.valkey = valkey;
      this.replicas = TestReplicas.over(valkey, SILENCE);
      this.presence =
          new SharedPresence(
              valkey,
              new ValkeyPresenceStore(valkey, SETTINGS),
              replicas,
              hint -> all.forEach(one -> one.presence.heard(hint)),
              SETTINGS,
              Clock.SYSTEM);
      this.watch = presence.watch(ROOM, () -> {});
    }

    void round() {
      TestReplicas.beatOf(replicas);
      presence.exchange();
    }

    List<Person> others() {
      return List.copyOf(watch.others().people().values());
    }
  }

  @AfterEach
  void stop() {
    all.forEach(one -> one.valkey.stop());
  }

  @Test
  void tellsAndForgets() {
    try (ValkeyServer server = ValkeyServer.start()) {
      tellsAndForgets(server);

      all.getFirst().presence.arrived(ROOM, ADA);
      roundsUntil(() -> all.getLast().others().contains(ADA));
      assertThat(Long.parseLong(server.run("PTTL", "tercet:presence:" + ROOM).strip()))
          .isBetween(1L, SETTINGS.keep().toMillis());
      assertThat(Long.parseLong(server.run("PTTL", "tercet:replicas").strip()))
          .isBetween(1L, SILENCE.toMillis());
    }
  }

  @Test
  void tellsAndForgetsInACluster() {
    try (ValkeyServer server = ValkeyServer.startCluster()) {
      tellsAndForgets(server);
    }
  }

  @Test
  void losesThePeopleOfAKilledReplicaAndOfAllWhileValkeyIsAway() throws Exception {
    try (ValkeyServer server = ValkeyServer.start()) {
      One one = add(server.connectImpatiently());
      One two = add(server.connectImpatiently());
      two.presence.arrived(ROOM, ADA);
      roundsUntil(() -> one.others().contains(ADA));

      // Only the first goes on.
      await()
          .until(() -> {
            one.round();
            return one.others().isEmpty();
          });
      roundsUntil(() -> one.others().contains(ADA));

      server.relay().freeze();
      one.presence.arrived(ROOM, ADA);
      roundsUntil(() -> one.others().isEmpty() && two.others().isEmpty());
      server.relay().resume();
      all.forEach(replica -> ValkeyServer.checkUntil(replica.valkey, true));
      roundsUntil(() -> one.others().contains(ADA) && two.others().contains(ADA));
    }
  }

  @Test
  void readsABoundedPartOfALargeRoom() {
    try (ValkeyServer server = ValkeyServer.start()) {
      One one = add(server.connect());
      One two = add(server.connect());
      for (int i = 0; i < 5000; i++) {
        one.presence.arrived(ROOM, new Person(new PersonId(new UUID(7, i)), "p" + i, false));
      }
      roundsUntil(() -> !two.others().isEmpty());

      assertThat(two.others()).hasSize(SETTINGS.othersMax());
      assertThat(two.others().size() + two.watch.others().unnamed()).isEqualTo(5000);
    }
  }

  private void tellsAndForgets(ValkeyServer server) {
    One one = add(server.connect());
    One two = add(server.connect());
    one.presence.arrived(ROOM, ADA);
    roundsUntil(() -> two.others().equals(List.of(ADA)));
    one.presence.departed(ROOM, ADA);
    roundsUntil(() -> two.others().isEmpty());
    assertThat(one.others()).isEmpty();
  }

  private One add(Valkey valkey) {
    One one = new One(valkey);
    all.add(one);
    return one;
  }

  private void roundsUntil(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          all.forEach(One::round);
          return condition.call();
        });
  }
}
