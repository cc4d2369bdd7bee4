package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static io.tercet.chat.delivery.DeliveryFixture.left;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who leaves gets nothing from after their leaving, whenever they leave. Each test runs many
/// rounds with real threads; the tests of the parts have each order of steps once.
@Timeout(120)
class LeavingTest {

  private static final int ROUNDS = 10_000;

  private final CountedThreads threads = new CountedThreads();
  private final DeliveryFixture fixture = new DeliveryFixture(threads);
  private final Random random = new Random(7);

  @Test
  void endsASubscriptionWithTheOwnLeaving() throws InterruptedException {
    fixture.append(joined(ADA));
    for (int round = 0; round < ROUNDS; round++) {
      fixture.commit(joined(BOB), said(ADA, "one"), said(ADA, "two"));
      TestChannel bob = fixture.connect(BOB);
      Thread subscribing = subscribe(bob);
      fixture.commit(said(ADA, "three"));
      fixture.commit(left(BOB));
      long leftSeq = fixture.log.size();
      fixture.commit(said(ADA, "secret"));
      fixture.commit(said(ADA, "secret, too"));
      subscribing.join();
      threads.awaitAll();

      List<Long> seqs = bob.seqs();
      assertThat(seqs).as("round %d", round).allMatch(seq -> seq <= leftSeq);
      assertNoGap(seqs);
      fixture.handler.closed(bob.connection);
      threads.awaitAll();
    }
  }

  @Test
  void keepsASubscriptionThatBeganAfterTheReturn() throws InterruptedException {
    fixture.append(joined(ADA), joined(BOB));
    TestChannel ada = fixture.live(ADA);
    for (int round = 0; round < ROUNDS; round++) {
      TestChannel bob = fixture.connect(BOB);
      fixture.commit(left(BOB));
      fixture.commit(joined(BOB));
      Thread subscribing = subscribe(bob);
      fixture.commit(said(ADA, "welcome back"));
      subscribing.join();
      threads.awaitAll();

      List<Long> seqs = bob.seqs();
      assertThat(seqs).as("round %d", round).endsWith((long) fixture.log.size());
      assertNoGap(seqs);
      fixture.handler.closed(bob.connection);
      threads.awaitAll();
    }
    assertNoGap(ada.seqs());
  }

  private Thread subscribe(TestChannel channel) {
    long after = Math.max(0, fixture.log.size() - random.nextInt(1, 8));
    return Thread.ofVirtual().start(() -> fixture.subscribe(channel, after));
  }

  private static void assertNoGap(List<Long> seqs) {
    for (int i = 1; i < seqs.size(); i++) {
      assertThat(seqs.get(i)).as("%s", seqs).isEqualTo(seqs.getFirst() + i);
    }
  }

  /// Virtual threads, and a way to wait until all have ended. What runs later never runs.
  private static final class CountedThreads extends DeliveryThreads {

    private final Phaser running = new Phaser(1);

    @Override
    public void start(String name, Runnable task) {
      running.register();
      super.start(
          name,
          () -> {
            try {
              task.run();
            } finally {
              running.arriveAndDeregister();
            }
          });
    }

    @Override
    public void startLater(String name, Duration delay, Runnable task) {}

    void awaitAll() {
      running.arriveAndAwaitAdvance();
    }
  }
}
