package io.tercet.chat.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.rate.RateSettings.Rate;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeasedBucketsTest {

  private static final int AT_ONCE = 80;
  private static final int BLOCK = 10;
  private static final int PER_MINUTE = 60;
  private static final UUID ADA = UUID.randomUUID();

  private final MockClock clock = new MockClock();
  private final TimeMeter time =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return clock.monotonicTime();
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };
  private final MemoryBuckets shared = new MemoryBuckets(time);
  private final TokenBucket[] replicas = {
    bucket(Action.POST), bucket(Action.POST), bucket(Action.POST)
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void giveAtOnceWhatIsSetOverAllReplicas(int count) {
    assertThat(takeAll(count)).isEqualTo(AT_ONCE);
  }

  @Test
  void askForABlockAtATimeAndNearTheEndForATokenAtATime() {
    for (int i = 0; i < 40; i++) {
      assertThat(replicas[0].take()).isZero();
    }
    assertThat(shared.asked).isLessThan(10);
    for (int i = 0; i < 40; i++) {
      assertThat(replicas[0].take()).isZero();
    }
    assertThat(shared.asked).isLessThan(35);
    assertThat(replicas[0].take()).isPositive();
  }

  @Test
  void leaveAPersonWhoMovesToAnotherReplicaAtMostABlockBehind() {
    int taken = 0;
    while (replicas[0].take() == 0 && taken < 30) {
      taken++;
    }
    int atOther = 0;
    while (replicas[1].take() == 0) {
      atOther++;
    }

    assertThat(taken + 1 + atOther).isBetween(AT_ONCE - BLOCK, AT_ONCE);
  }

  /// The bound: what is set, and a block for each replica that it took before.
  @Test
  void giveInAnyTimeWhatIsSetAndAtMostABlockForEachReplica() {
    for (TokenBucket replica : replicas) {
      replica.take();
      replica.take();
    }
    clock.add(Duration.ofMinutes(2));
    int before = replicas.length * BLOCK;
    int given = takeAll(3);
    assertThat(given).isBetween(AT_ONCE, AT_ONCE + before);

    for (int seconds = 0; seconds < 600; seconds++) {
      clock.add(Duration.ofSeconds(1));
      given += takeAll(3);
    }
    assertThat(given)
        .isBetween(AT_ONCE + 10 * PER_MINUTE - before, AT_ONCE + 10 * PER_MINUTE + before);
  }

  @Test
  void sayAWaitThatIsTrueAndDoNotAskMeanwhile() {
    takeAll(1);
    int asked = shared.asked;
    assertThat(Duration.ofNanos(replicas[0].take())).isEqualTo(Duration.ofSeconds(1));
    clock.add(Duration.ofMillis(999));
    assertThat(Duration.ofNanos(replicas[0].take())).isEqualTo(Duration.ofMillis(1));
    assertThat(shared.asked).isEqualTo(asked);

    clock.add(Duration.ofMillis(1));
    assertThat(replicas[0].take()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"SIGN_IN", "NEWCOMER"})
  void askEachTimeForWhatIsRare(Action action) {
    TokenBucket bucket = bucket(action);
    for (int i = 1; i <= 20; i++) {
      bucket.take();
      assertThat(shared.asked).isEqualTo(i);
    }
  }

  @Test
  void countAloneWhileValkeyIsAwayEachReplicaItsPart() {
    shared.away = true;
    shared.replicas = 2;

    assertThat(takeAll(2)).isEqualTo(AT_ONCE);
    clock.add(Duration.ofSeconds(10));
    assertThat(takeAll(2)).isEqualTo(10);
  }

  @Test
  void askAgainAfterAPauseAndNoMoreOftenWhileValkeyIsAway() {
    shared.away = true;
    takeAll(1);
    assertThat(shared.asked).isEqualTo(1);
    clock.add(Duration.ofMillis(999));
    replicas[0].take();
    assertThat(shared.asked).isEqualTo(1);

    clock.add(Duration.ofMillis(1));
    shared.away = false;
    assertThat(replicas[0].take()).isZero();
    assertThat(shared.asked).isEqualTo(2);
    assertThat(takeAll(1)).isEqualTo(AT_ONCE - 1);
  }

  @Test
  void letNobodyWaitForAnAnswerThatSomebodyElseWaitsFor() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    SharedBuckets slow =
        new SharedBuckets() {
          @Override
          public boolean isShared() {
            return true;
          }

          @Override
          public ConsumptionProbe take(Key key, long tokens) {
            asked.countDown();
            try {
              answered.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            throw new IllegalStateException("away");
          }

          @Override
          public int replicas() {
            return 1;
          }
        };
    TokenBucket bucket = new LeasedBuckets(slow, settings(), time).of(Action.POST, ADA);
    Thread first = Thread.startVirtualThread(bucket::take);
    asked.await();

    // Nothing answers: it returns because its wait has an end.
    assertThat(bucket.take()).isZero();
    answered.countDown();
    first.join();
  }

  @Test
  void giveNothingExtraToAttemptsAtTheSameTime() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    Thread[] threads = new Thread[300];
    for (int i = 0; i < threads.length; i++) {
      TokenBucket replica = replicas[i % 3];
      threads[i] =
          Thread.startVirtualThread(() -> {
            if (replica.take() == 0) {
              taken.incrementAndGet();
            }
          });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(taken.get()).isBetween(AT_ONCE - 2 * BLOCK, AT_ONCE);
  }

  /// Takes at each of so many replicas in turn until none gives any more.
  private int takeAll(int count) {
    int taken = 0;
    boolean any = true;
    while (any) {
      any = false;
      for (int i = 0; i < count; i++) {
        if (replicas[i].take() == 0) {
          taken++;
          any = true;
        }
      }
    }
    return taken;
  }

  private TokenBucket bucket(Action action) {
    return new LeasedBuckets(shared, settings(), time).of(action, ADA);
  }

  private static RateSettings settings() {
    Rate rate = new Rate(AT_ONCE, PER_MINUTE);
    return new RateSettings(
        1,
        1000,
        AT_ONCE / BLOCK,
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
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
