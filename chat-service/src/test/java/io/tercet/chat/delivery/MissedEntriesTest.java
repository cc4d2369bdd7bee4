package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static io.tercet.chat.delivery.DeliveryFixture.left;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.hint.Hint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Entries that another replica committed.
class MissedEntriesTest {

  private final DeliveryFixture fixture = new DeliveryFixture();
  private TestChannel ada;
  private TestChannel bob;

  @BeforeEach
  void twoListen() {
    fixture.append(joined(ADA), joined(BOB));
    ada = fixture.live(ADA);
    bob = fixture.live(BOB);
    fixture.threads.runLater();
    ada.frames();
    bob.frames();
    fixture.log.reads = 0;
  }

  @Test
  void areReadOnceForAllWhoListenWhenAHintComes() {
    fixture.append(said(ADA, "three"), said(ADA, "four"));
    hear(4);
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("entry 3", "entry 4");
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4");
    assertThat(fixture.log.reads).isEqualTo(1);
  }

  @Test
  void areReadPageAfterPage() {
    fixture.append(said(ADA, "3"), said(ADA, "4"), said(ADA, "5"), said(ADA, "6"), said(ADA, "7"));
    hear(7);
    fixture.threads.runAll();
    assertThat(bob.seqs()).containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(fixture.log.reads).isEqualTo(2);
  }

  @Test
  void comeBeforeAnEntryThatIsCommittedHereBehindThem() {
    fixture.append(said(ADA, "three"));
    fixture.commit(said(BOB, "four"));
    fixture.append(said(ADA, "five"));
    fixture.commit(said(BOB, "six"));
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("entry 3", "entry 4", "entry 5", "entry 6");
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4", "entry 5", "entry 6");
    assertThat(fixture.log.reads).isEqualTo(2);
  }

  @Test
  void areFoundWithoutAHintByLookingHowFarTheRoomsAre() {
    fixture.append(said(ADA, "three"));
    new RoomPoll(fixture.log, fixture.fanout, fixture.settings).lookUp();
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3");
  }

  @Test
  void endTheSubscriptionOfWhoLeftThroughAnotherReplica() {
    fixture.append(said(ADA, "three"), left(BOB), said(ADA, "secret"));
    hear(5);
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4");
    assertThat(ada.seqs()).containsExactly(3L, 4L, 5L);
  }

  @Test
  void comeOnceHoweverOftenAndInWhichOrderHintsCome() {
    fixture.append(said(ADA, "three"), said(ADA, "four"));
    hear(4);
    hear(3);
    fixture.threads.runAll();
    hear(4);
    hear(3);
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4");
    assertThat(fixture.log.reads).isEqualTo(1);
  }

  @Test
  void areReadAgainAfterAPauseWhenTheDatabaseWasAway() {
    fixture.append(said(ADA, "three"));
    fixture.log.away = true;
    hear(3);
    fixture.threads.runAll();
    assertThat(bob.frames()).isEmpty();
    fixture.log.away = false;
    fixture.threads.runLater();
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3");
  }

  @Test
  void areReadAgainAfterAPauseWhenAnEntryWasCommittedHereBehindThem() {
    fixture.append(said(ADA, "three"));
    fixture.log.away = true;
    fixture.commit(said(ADA, "four"));
    fixture.threads.runAll();
    assertThat(bob.frames()).isEmpty();
    fixture.log.away = false;
    fixture.threads.runLater();
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3", "entry 4");
  }

  @Test
  void areLeftToTheCatchUpOfWhoIsNotLiveYet() {
    TestChannel again = fixture.connect(ADA);
    fixture.subscribe(again, 0);
    fixture.append(said(ADA, "three"));
    hear(3);
    fixture.threads.runAll();
    assertThat(again.seqs()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void areNotExpectedBecauseAHintSpeaksOfAnotherLog() {
    hear(1_000);
    fixture.threads.runAll();
    assertThat(fixture.threads.later).isEmpty();
    fixture.commit(said(ADA, "three"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("entry 3");
  }

  private void hear(long seq) {
    fixture.fanout.heard(new Hint.RoomReached(ROOM.value(), seq));
  }
}
