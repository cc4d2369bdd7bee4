package io.tercet.chat.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The housekeeping of two replicas on one database.
@Timeout(120)
abstract class HousekeepingContract {

  private static final Duration LEASE = Duration.ofMinutes(3);

  private volatile Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final AtomicInteger ofOne = new AtomicInteger();
  private final AtomicInteger ofOther = new AtomicInteger();
  private TestDatabases.Opened opened;
  private Housekeeping one;
  private Housekeeping other;

  abstract TestDatabases.Opened open();

  @BeforeEach
  void start() {
    opened = open();
    one = housekeeping();
    other = housekeeping();
  }

  @AfterEach
  void close() {
    opened.close().run();
  }

  @Test
  void isDoneByTheReplicaThatBegan() {
    for (int round = 1; round <= 5; round++) {
      one.run("task", () -> ofOne.incrementAndGet() < 0);
      other.run("task", () -> ofOther.incrementAndGet() < 0);
      assertThat(ofOne).hasValue(round);
      now = now.plus(LEASE).minusSeconds(1);
    }
    assertThat(ofOther).hasValue(0);
    other.run("another task", () -> ofOther.incrementAndGet() < 0);
    assertThat(ofOther).hasValue(1);
  }

  @Test
  void isDoneByAnotherReplicaWhenTheLeaseOfAKilledOneHasEnded() {
    one.run("task", () -> ofOne.incrementAndGet() < 0);
    now = now.plus(LEASE).minusMillis(1);
    other.run("task", () -> ofOther.incrementAndGet() < 0);
    assertThat(ofOther).hasValue(0);
    now = now.plusMillis(1);
    other.run("task", () -> ofOther.incrementAndGet() < 0);
    one.run("task", () -> ofOne.incrementAndGet() < 0);
    assertThat(ofOther).hasValue(1);
    assertThat(ofOne).hasValue(1);
  }

  @Test
  void isDoneByAnotherReplicaAtOnceWhenOneStops() {
    one.run("task", () -> ofOne.incrementAndGet() < 0);
    one.stop();
    other.run("task", () -> ofOther.incrementAndGet() < 0);
    one.run("task", () -> ofOne.incrementAndGet() < 0);
    assertThat(ofOther).hasValue(1);
    assertThat(ofOne).hasValue(1);
  }

  @Test
  void renewsTheLeaseWithEachStepAndStopsWhenItIsLost() {
    one.run(
        "task",
        () -> {
          now = now.plus(LEASE).minusSeconds(1);
          other.run("task", () -> ofOther.incrementAndGet() < 0);
          return ofOne.incrementAndGet() < 4;
        });
    assertThat(ofOne).hasValue(4);
    assertThat(ofOther).hasValue(0);

    one.run(
        "task",
        () -> {
          // It was paused, and another replica took over.
          now = now.plus(LEASE);
          other.run("task", () -> ofOther.incrementAndGet() < 0);
          ofOne.incrementAndGet();
          return true;
        });
    assertThat(ofOne).hasValue(5);
    assertThat(ofOther).hasValue(1);
  }

  @Test
  void isDoneByOneOfManyThatBeginAtOnce() throws Exception {
    int replicas = 6;
    CyclicBarrier together = new CyclicBarrier(replicas);
    CountDownLatch tried = new CountDownLatch(replicas - 1);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      Housekeeping replica = housekeeping();
      all.add(
          CompletableFuture.runAsync(
              () -> {
                await(together);
                replica.run(
                    "task",
                    () -> {
                      ofOne.incrementAndGet();
                      // It holds the task until all others have tried.
                      return await(tried);
                    });
                tried.countDown();
              },
              task -> Thread.ofVirtual().start(task)));
    }
    for (CompletableFuture<Void> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
    assertThat(ofOne).hasValue(1);
  }

  private Housekeeping housekeeping() {
    Housekeeping replica =
        new Housekeeping(new Leases(opened.database()), new HousekeepingSettings(LEASE), () -> now);
    replica.start();
    return replica;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
