package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static io.tercet.chat.delivery.DeliveryFixture.left;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.hint.Hint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FanoutTest {

  private final DeliveryFixture fixture = new DeliveryFixture();

  @BeforeEach
  void fillTheRoom() {
    fixture.append(joined(ADA), joined(BOB));
  }

  @Test
  void doesNotDeliverOnTheThreadThatCommits() {
    TestChannel ada = fixture.live(ADA);
    fixture.commit(said(BOB, "three"));
    assertThat(ada.frames()).isEmpty();
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("entry 3");
  }

  @Test
  void deliversWithOneThreadWhatGathersWhileARoomIsBusy() {
    TestChannel ada = fixture.live(ADA);
    fixture.commit(said(BOB, "three"));
    fixture.commit(said(BOB, "four"));
    ada.onWrite = once(ada, () -> fixture.commit(said(BOB, "five")));
    assertThat(fixture.threads.tasks).hasSize(1);
    fixture.threads.tasks.remove().run();
    assertThat(fixture.threads.tasks).isEmpty();
    assertThat(ada.frames()).containsExactly("entry 3", "entry 4", "entry 5");
  }

  @Test
  void tellsAPersonThatTheirRoomsChanged() {
    TestChannel eve = fixture.connect(EVE);
    fixture.commit(joined(EVE));
    fixture.commit(left(EVE));
    assertThat(eve.frames()).containsExactly("rooms-changed", "rooms-changed");
  }

  @Test
  void sendsAPersonWhoLeavesNothingBehindTheirLeave() {
    TestChannel ada = fixture.live(ADA);
    TestChannel bob = fixture.live(BOB);
    ada.frames();
    fixture.commit(said(ADA, "three"), left(BOB), said(ADA, "secret"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("rooms-changed", "entry 3", "entry 4");
    assertThat(ada.frames()).containsExactly("entry 3", "entry 4", "entry 5");
  }

  @Test
  void deliversToTheOthersWhenAConnectionBreaksDuringTheWrite() {
    TestChannel ada = fixture.live(ADA);
    TestChannel bob = fixture.live(BOB);
    TestChannel adaAgain = fixture.live(ADA);
    ada.frames();
    ada.onWrite = once(ada, () -> fixture.handler.closed(ada.connection));
    fixture.commit(said(ADA, "three"));
    fixture.commit(said(ADA, "four"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4");
    assertThat(adaAgain.frames()).containsExactly("entry 3", "entry 4");
  }

  @Test
  void goesOnWithARoomAfterADeliveryThatFailed() {
    TestChannel ada = fixture.live(ADA);
    TestChannel bob = fixture.live(BOB);
    ada.frames();
    ada.onWrite =
        once(
            ada,
            () -> {
              throw new IllegalStateException("a bug");
            });
    fixture.commit(said(ADA, "three"));
    fixture.threads.runAll();
    fixture.commit(said(ADA, "four"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4");
  }

  @Test
  void startsAgainWithARoomWhoseLastSubscriptionEnded() {
    TestChannel ada = fixture.live(ADA);
    fixture.handler.closed(ada.connection);
    fixture.threads.runAll();
    fixture.commit(said(BOB, "three"));
    assertThat(fixture.threads.tasks).as("nobody listens").isEmpty();
    TestChannel bob = fixture.live(BOB);
    fixture.commit(said(BOB, "four"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 4");
  }

  @Test
  void letsAPersonSubscribeWhileTheLastOtherConnectionBreaksDuringAWrite() throws Exception {
    TestChannel ada = fixture.live(ADA);
    TestChannel bob = fixture.connect(BOB);
    // The room's thread holds the lock of the channel here, and bob's thread waits for it.
    Thread subscribing = Thread.ofPlatform().unstarted(() -> fixture.subscribe(bob, 3));
    ada.onWrite =
        once(
            ada,
            () -> {
              subscribing.start();
              awaitWaitingOrEnded(subscribing);
              fixture.handler.closed(ada.connection);
            });
    fixture.commit(said(ADA, "three"));
    fixture.threads.tasks.remove().run();
    subscribing.join();
    fixture.threads.runAll();
    fixture.commit(said(ADA, "four"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("subscribed", "presence ada bob", "entry 4");
  }

  @Test
  void endsTheSubscriptionsOfABrokenConnectionOutsideTheWriteThatFoundIt() {
    TestChannel ada = fixture.live(ADA);
    ada.onWrite = once(ada, () -> fixture.handler.closed(ada.connection));
    fixture.commit(said(ADA, "three"));
    fixture.threads.tasks.remove().run();
    assertThat(ada.connection.subscriptions()).as("a lock is held during the write").hasSize(1);
    fixture.threads.runAll();
    assertThat(ada.connection.subscriptions()).isEmpty();
  }

  @Test
  void letsSubscriptionsReadFromTheLogWhatDoesNotFitIntoTheQueueOfTheirRoom() {
    TestChannel ada = fixture.live(ADA);
    List<Integer> seqs = new ArrayList<>();
    for (int seq = 3; seq <= 20; seq++) {
      fixture.commit(said(BOB, "x".repeat(200)));
      seqs.add(seq);
    }
    assertThat(fixture.connections.budget().used())
        .isPositive()
        .isLessThanOrEqualTo(fixture.settings.roomQueueMax().toBytes());
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactlyElementsOf(seqs.stream().map(seq -> "entry " + seq).toList());
    assertThat(fixture.connections.budget().used()).isZero();
  }

  @Test
  void endsTheSubscriptionOfWhoLeavesWithAnEntryThatDidNotFit() {
    TestChannel bob = fixture.live(BOB);
    fixture.commit(said(ADA, "x".repeat(1_950)));
    fixture.commit(left(BOB));
    fixture.commit(said(ADA, "secret"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("rooms-changed", "entry 3", "entry 4");
    assertThat(bob.connection.subscriptions()).isEmpty();
  }

  @Test
  void keepsTheSubscriptionOfWhoIsBackBeforeTheirLeavingIsDelivered() {
    TestChannel bob = fixture.connect(BOB);
    fixture.live(ADA);
    fixture.commit(left(BOB));
    fixture.commit(joined(BOB));
    fixture.subscribe(bob, 4);
    fixture.threads.runAll();
    fixture.commit(said(ADA, "welcome back"));
    fixture.threads.runAll();
    assertThat(bob.frames())
        .containsExactly(
            "rooms-changed", "rooms-changed", "subscribed", "presence ada bob", "entry 5");
  }

  @Test
  void tellsTheOtherReplicasHowFarARoomIsAndWhoseRoomsChanged() {
    fixture.commit(joined(EVE), said(EVE, "four"));
    assertThat(fixture.hints.published)
        .containsExactly(
            new Hint.PersonChanged(EVE.personId().value()),
            new Hint.RoomReached(ROOM.value(), fixture.log.size()));
  }

  @Test
  void believesNoHintThatTheLogDoesNotConfirm() {
    TestChannel ada = fixture.live(ADA);
    hear(1_000);
    fixture.commit(said(BOB, "three"));
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("entry 3");
    TestChannel bob = fixture.connect(BOB);
    fixture.subscribe(bob, 3);
    hear(2_000);
    fixture.commit(said(ADA, "four"));
    fixture.threads.runAll();
    assertThat(bob.seqs()).as("the catch-up ended").containsExactly(4L);
  }

  @Test
  void goesLiveOnlyWithWhatAHintToldDuringTheCatchUp() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 2);
    fixture.onRead =
        () -> {
          fixture.append(said(EVE, "three"));
          fixture.fanout.heard(new Hint.RoomReached(ROOM.value(), 3));
          fixture.threads.tasks.removeLast().run();
        };
    fixture.threads.runAll();
    assertThat(ada.seqs()).containsExactly(3L);
  }

  @Test
  void letsEachSubscriptionReadALongGapAtItsOwnPace() {
    TestChannel ada = fixture.live(ADA);
    List<Long> seqs = new ArrayList<>();
    for (long seq = 3; seq <= 30; seq++) {
      fixture.append(said(EVE, "x"));
      seqs.add(seq);
    }
    fixture.fanout.heard(new Hint.RoomReached(ROOM.value(), 30));
    fixture.threads.tasks.remove().run();
    assertThat(ada.seqs()).as("of the room's thread").hasSize(DeliveryFixture.GAP_ENTRIES);
    fixture.threads.runAll();
    assertThat(ada.seqs()).containsExactlyElementsOf(seqs.subList(6, seqs.size()));
  }

  private void hear(long seq) {
    fixture.fanout.heard(new Hint.RoomReached(ROOM.value(), seq));
    fixture.threads.runAll();
  }

  private static Runnable once(TestChannel channel, Runnable step) {
    return () -> {
      channel.onWrite = () -> {};
      step.run();
    };
  }

  private static void awaitWaitingOrEnded(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }
}
