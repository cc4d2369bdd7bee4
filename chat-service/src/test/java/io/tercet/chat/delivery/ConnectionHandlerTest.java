package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static io.tercet.chat.delivery.DeliveryFixture.left;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.when;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.room.PostResult;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionHandlerTest {

  private final DeliveryFixture fixture = new DeliveryFixture();

  @BeforeEach
  void fillTheRoom() {
    fixture.append(joined(ADA), joined(BOB), said(ADA, "hello"));
  }

  @Test
  void answersASubscriptionBeforeItSendsEntries() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 1);
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada", "entry 2", "entry 3");
  }

  @Test
  void refusesASubscriptionOfAPersonWhoIsNotAMember() {
    TestChannel eve = fixture.connect(EVE);
    fixture.subscribe(eve, 0);
    fixture.commit(said(ADA, "secret"));
    fixture.threads.runAll();
    assertThat(eve.frames()).containsExactly("error room-not-found");
  }

  @Test
  void endsASubscriptionWhosePersonLeavesAfterTheMembershipCheck() {
    TestChannel bob = fixture.connect(BOB);
    fixture.onCheck =
        () -> {
          fixture.commit(left(BOB));
          fixture.threads.runAll();
        };
    fixture.subscribe(bob, 3);
    fixture.commit(said(ADA, "secret"));
    fixture.threads.runAll();
    assertThat(bob.frames()).containsExactly("rooms-changed", "error room-not-found");
    assertThat(bob.connection.subscriptions()).isEmpty();
  }

  @Test
  void forgetsASubscriptionWhoseConnectionClosesDuringTheMembershipCheck() {
    TestChannel ada = fixture.live(ADA);
    TestChannel bob = fixture.connect(BOB);
    fixture.onCheck = () -> fixture.handler.closed(bob.connection);
    fixture.subscribe(bob, 0);
    fixture.threads.runAll();
    fixture.threads.runLater();
    assertThat(ada.frames()).containsExactly("presence +[ada] -[bob]");
    assertThat(bob.connection.subscriptions()).isEmpty();
  }

  @Test
  void sendsNoEntryTwiceWhenASubscriptionReplacesAnother() {
    TestChannel bob = fixture.live(BOB);
    TestChannel ada = fixture.live(ADA);
    bob.frames();
    fixture.subscribe(ada, 2);
    fixture.commit(said(BOB, "four"));
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly("subscribed", "presence bob ada", "entry 3", "entry 4");
    fixture.threads.runLater();
    assertThat(bob.frames())
        .as("ada was present all the time")
        .containsExactly("entry 4", "presence +[bob ada] -[]");
  }

  @Test
  void sendsNothingOfARoomAfterUnsubscribed() {
    TestChannel ada = fixture.live(ADA);
    fixture.handler.receive(ada.connection, new ClientFrame.Unsubscribe("r", ROOM));
    fixture.commit(said(BOB, "four"));
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("unsubscribed");
  }

  @Test
  void limitsTheRoomsOfOneConnection() {
    TestChannel ada = fixture.connect(ADA);
    for (int room = 1; room <= 3; room++) {
      fixture.handler.receive(
          ada.connection,
          new ClientFrame.Subscribe(
              "r", new RoomId(new UUID(9, room)), new StartPosition.Latest(0)));
    }
    assertThat(ada.frames())
        .containsExactly(
            "subscribed",
            "presence ada",
            "subscribed",
            "presence ada",
            "error too-many-subscriptions");
  }

  @Test
  void startsAgainWithALogThatIsNotTheOneThatTheClientKnows() {
    TestChannel ada = fixture.connect(ADA);
    ClientFrame again =
        new ClientFrame.Subscribe("r", ROOM, new StartPosition.After(2, "another epoch"));
    fixture.handler.receive(ada.connection, again);
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly("subscribed", "presence ada", "entry 1", "entry 2", "entry 3");
  }

  @Test
  void startsAgainWithALogThatEndsBeforeThePlaceThatTheClientKnows() {
    TestChannel ada = fixture.connect(ADA);
    fixture.subscribe(ada, 4);
    fixture.threads.runAll();
    assertThat(ada.frames())
        .containsExactly("subscribed", "presence ada", "entry 1", "entry 2", "entry 3");
  }

  @Test
  void goesOnInTheLogThatTheClientKnows() {
    TestChannel ada = fixture.connect(ADA);
    ClientFrame same =
        new ClientFrame.Subscribe("r", ROOM, new StartPosition.After(2, DeliveryFixture.EPOCH));
    fixture.handler.receive(ada.connection, same);
    fixture.threads.runAll();
    assertThat(ada.frames()).containsExactly("subscribed", "presence ada", "entry 3");
  }

  @Test
  void refusesHistoryWhileTooMuchWaitsToBeSentToAll() {
    TestChannel ada = fixture.connect(ADA);
    SendBudget budget = fixture.connections.budget();
    budget.tryAdd(budget.bytesMax(), SendBudget.Claim.FIRST_ANSWER);
    fixture.handler.receive(ada.connection, new ClientFrame.History("r", ROOM, 10, 10));
    assertThat(ada.frames()).containsExactly("error service-unavailable");
  }

  @Test
  void sendsNoHistoryFromAfterTheLeavingOfWhoLeavesWhileItIsRead() {
    TestChannel bob = fixture.connect(BOB);
    when(fixture.rooms.currentEntries(any(), any(), anyLong(), anyLong()))
        .thenAnswer(reading -> {
          fixture.append(left(BOB), said(ADA, "secret"));
          return fixture.log.current(ROOM, BOB.personId(), 1, 10);
        });
    fixture.handler.receive(bob.connection, new ClientFrame.History("r", ROOM, 10, 10));
    assertThat(bob.frames()).containsExactly("error room-not-found");
  }

  @Test
  void acknowledgesAMessageWhenItIsDurable() {
    CompletableFuture<PostResult> durable = new CompletableFuture<>();
    when(fixture.rooms.post(any(), any(), any(), any(), any(), any())).thenReturn(durable);
    TestChannel ada = fixture.connect(ADA);
    fixture.handler.receive(ada.connection, new ClientFrame.Post("r", ROOM, "c", "text", null));
    assertThat(ada.frames()).isEmpty();
    durable.complete(new PostResult(4, Instant.EPOCH, false));
    assertThat(ada.frames()).containsExactly("acknowledged");
  }

  @Test
  void answersAFailureThatItDoesNotExpect() {
    when(fixture.rooms.post(any(), any(), any(), any(), any(), any()))
        .thenReturn(CompletableFuture.failedFuture(new IllegalStateException("a bug")));
    TestChannel ada = fixture.connect(ADA);
    fixture.handler.receive(ada.connection, new ClientFrame.Post("r", ROOM, "c", "text", null));
    assertThat(ada.frames()).containsExactly("error internal-error");
  }
}
