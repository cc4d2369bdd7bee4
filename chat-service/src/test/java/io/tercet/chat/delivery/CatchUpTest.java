package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static io.tercet.chat.delivery.DeliveryFixture.left;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.delivery.outbound.SendBudget.Claim;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.log.RoomId;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatchUpTest {

  private final DeliveryFixture fixture = new DeliveryFixture();

  @BeforeEach
  void fillTheRoom() {
    fixture.append(joined(ADA), joined(BOB));
    for (int i = 3; i <= 8; i++) {
      fixture.append(said(ADA, "text " + i));
    }
  }

  @Test
  void readsPageAfterPageAndThenGoesLive() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 2);
    fixture.threads.runAll();
    fixture.commit(said(BOB, "nine"));
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly(
            "subscribed",
            "presence ada",
            "entry 3",
            "entry 4",
            "entry 5",
            "entry 6",
            "entry 7",
            "entry 8",
            "entry 9");
  }

  @Test
  void missesNoEntryThatIsCommittedAfterItReadTheEndOfTheLog() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 8);
    fixture.onRead = () -> deliver("nine");
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada", "entry 9");
  }

  @Test
  void sendsNothingAfterTheClientUnsubscribed() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 2);
    fixture.onRead =
        () -> fixture.handler.receive(ada.connection, new ClientFrame.Unsubscribe("r", ROOM));
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada", "unsubscribed");
  }

  @Test
  void stopsReadingWhenTheConnectionCloses() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 2);
    fixture.onRead = () -> fixture.handler.closed(ada.connection);
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada");
  }

  @Test
  void endsWhereThePersonLeavesWhileItReads() {
    TestChannel bob = fixture.connect(BOB);
    fixture.subscribe(bob, 7);
    fixture.append(left(BOB), said(ADA, "secret"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("subscribed", "presence bob", "entry 8", "entry 9");
    assertThat(bob.connection.subscriptions()).isEmpty();
  }

  @Test
  void endsWhereThePersonLeavesAlsoAtTheEndOfAPage() {
    TestChannel bob = fixture.connect(BOB);
    fixture.subscribe(bob, 6);
    fixture.append(left(BOB), said(ADA, "secret"));
    fixture.threads.runAll();
    assertThat(bob.frames())
        .containsExactly("subscribed", "presence bob", "entry 7", "entry 8", "entry 9");
    assertThat(bob.connection.subscriptions()).isEmpty();
  }

  @Test
  void readsTheNextPageWhenTheLastOneHasLeft() {
    TestChannel ada = fixture.connect(ADA);
    ada.reading = false;
    fixture.subscribe(ada, 2);
    // The write of subscribed is in flight; the first page waits behind it.
    fixture.threads.runAll();
    fixture.onRead = () -> fail("it read on");
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed");
    fixture.onRead = () -> {};

    ada.readAgain();
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly(
            "presence ada", "entry 3", "entry 4", "entry 5", "entry 6", "entry 7", "entry 8");
  }

  @Test
  void sendsOfAPageWhatOnePieceHoldsAndReadsTheRestAgain() {
    for (int i = 9; i <= 14; i++) {
      fixture.append(said(ADA, "x".repeat(900)));
    }
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 8);
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly(
            "subscribed",
            "presence ada",
            "entry 9",
            "entry 10",
            "entry 11",
            "entry 12",
            "entry 13",
            "entry 14");
  }

  @Test
  void letsTheRoomsOfOneConnectionTakeTurns() {
    RoomId other = new RoomId(new UUID(9, 9));
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 2);
    fixture.handler.receive(
        ada.connection, new ClientFrame.Subscribe("r", other, new StartPosition.After(6, null)));
    assertThat(fixture.threads.tasks).as("one connection, one thread").hasSize(1);
    ada.frames();
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly(
            "entry 3", "entry 4", "entry 5", "entry 7", "entry 8", "entry 6", "entry 7", "entry 8");
  }

  @Test
  void waitsWhileTooMuchWaitsToBeSentToAll() {
    TestChannel ada = fixture.connect(ADA);
    long all = fixture.connections.budget().bytesMax();
    fixture.connections.budget().tryAdd(all, Claim.FIRST_ANSWER);
    fixture.subscribe(ada, 5);
    fixture.onRead = () -> fail("it read without room for a page");
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada");

    fixture.onRead = () -> {};
    fixture.connections.budget().remove(all);
    fixture.threads.runLater();
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly("presence +[ada] -[]", "entry 6", "entry 7", "entry 8");
  }

  @Test
  void sendsWhatWasSaidWhileThePersonWasAwayOnceTheyAreAMemberAgain() {
    fixture.append(left(BOB), said(ADA, "ten"), joined(BOB));
    TestChannel bob = fixture.connect(BOB);
    fixture.subscribe(bob, 8);
    fixture.threads.runAll();
    assertThat(bob.frames())
        .containsExactly("subscribed", "presence bob", "entry 9", "entry 10", "entry 11");
  }

  @Test
  void readsTheLogAgainWhenAnotherReplicaCommittedBetween() {
    TestChannel ada = fixture.live(ADA);
    fixture.append(said(BOB, "nine, by another replica"));
    fixture.commit(said(BOB, "ten"));
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("entry 9", "entry 10");
  }

  @Test
  void tellsTheClientWhereToGoOnWhenTheLogCannotBeRead() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 2);
    fixture.onRead =
        () -> {
          throw new IllegalStateException("a database that fails");
        };
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada", "behind 2");
  }

  private void deliver(String text) {
    fixture.commit(said(BOB, text));
    fixture.threads.tasks.remove().run();
  }
}
