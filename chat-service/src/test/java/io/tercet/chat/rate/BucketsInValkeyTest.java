package io.tercet.chat.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Clock;
import io.tercet.chat.rate.RateSettings.Rate;
import io.tercet.chat.replica.LiveReplicas;
import io.tercet.chat.valkey.Valkey;
import io.tercet.chat.valkey.ValkeyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Replicas over one Valkey.
@Tag("docker")
class BucketsInValkeyTest {

  private static final int AT_ONCE = 400;
  private static final Duration WAIT_MAX = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<Valkey> connections = new ArrayList<>();

  @AfterEach
  void stop() {
    connections.forEach(Valkey::stop);
  }

  @Test
  void giveTogetherWhatIsSetToAttemptsAtTheSameTime() throws Exception {
    try (ValkeyServer server = ValkeyServer.start()) {
      giveTogether(server, Action.REQUEST);
      giveTogether(server, Action.SIGN_IN);
      assertThat(server.run("KEYS", "tercet:rate:*").lines()).hasSize(2);
      server
          .run("KEYS", "tercet:rate:*")
          .lines()
          .forEach(key ->
              assertThat(Long.parseLong(server.run("PTTL", key).strip()))
                  .isBetween(1L, Duration.ofHours(8).toMillis()));
    }
  }

  @Test
  void giveTogetherInACluster() throws Exception {
    try (ValkeyServer server = ValkeyServer.startCluster()) {
      giveTogether(server, Action.REQUEST);
    }
  }

  @Test
  void sayATrueWait() {
    try (ValkeyServer server = ValkeyServer.start()) {
      TokenBucket bucket = bucket(connect(server), Action.POST);
      long waitNanos = bucket.take();
      while (waitNanos == 0) {
        waitNanos = bucket.take();
      }

      assertThat(Duration.ofNanos(waitNanos)).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }
  }

  @Test
  void waitAMomentForAValkeyThatDoesNotAnswerAndThenNotAtAll() throws Exception {
    try (ValkeyServer server = ValkeyServer.start()) {
      TokenBucket bucket = bucket(connect(server), Action.SIGN_IN, WAIT_MAX, () -> 2);
      bucket.take();
      server.relay().freeze();

      long start = System.nanoTime();
      int taken = 0;
      while (bucket.take() == 0) {
        taken++;
      }
      assertThat(taken).isBetween(AT_ONCE / 2 - 1, AT_ONCE / 2 + 1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }
  }

  private void giveTogether(ValkeyServer server, Action action) throws Exception {
    TokenBucket[] replicas = {bucket(connect(server), action), bucket(connect(server), action)};
    AtomicInteger taken = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      TokenBucket replica = replicas[i % 2];
      threads[i] =
          Thread.startVirtualThread(() -> {
            while (replica.take() == 0) {
              taken.incrementAndGet();
            }
          });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    // One a minute comes meanwhile; a block may be in the hand of the replica that ended first.
    assertThat(taken.get()).isBetween(AT_ONCE - AT_ONCE / 8, AT_ONCE + 1);
  }

  private Valkey connect(ValkeyServer server) {
    Valkey valkey = server.connect();
    connections.add(valkey);
    return valkey;
  }

  /// A bucket that fails if its replica counts alone.
  private static TokenBucket bucket(Valkey valkey, Action action) {
    return bucket(
        valkey,
        action,
        PATIENCE,
        () -> {
          throw new AssertionError("a replica counts alone");
        });
  }

  private static TokenBucket bucket(
      Valkey valkey, Action action, Duration waitMax, Supplier<Integer> replicas) {
    LiveReplicas others = mock(LiveReplicas.class, withSettings().stubOnly());
    when(others.count()).thenAnswer(_ -> replicas.get());
    RateSettings settings = settings(waitMax);
    return new LeasedBuckets(
            new ValkeyBuckets(valkey, others, settings, Clock.SYSTEM),
            settings,
            TimeMeter.SYSTEM_NANOTIME)
        .of(action, "somebody");
  }

  private static RateSettings settings(Duration waitMax) {
    Rate rate = new Rate(AT_ONCE, 1);
    return new RateSettings(
        1,
        1000,
        8,
        waitMax,
        Duration.ofMinutes(1),
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate);
  }
}
