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
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
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
  private Connections draining;

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
    assertThat(ada.frames()).containsExactly("arrived bob", "departed bob");
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
    assertThat(bob.frames()).as("ada was present all the time").containsExactly("entry 4");
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
  void closesAConnectionPastTheLimit() {
    fixture.connect(ADA);
    fixture.connect(ADA);
    fixture.connect(BOB);
    assertThat(fixture.connect(BOB).closed).isEqualTo(CloseReason.OVERLOADED);
  }

  @Test
  void acknowledgesAMessageWhenItIsDurable() {
    CompletableFuture<PostResult> durable = new CompletableFuture<>();
    when(fixture.rooms.post(any(), any(), any(), any())).thenReturn(durable);
    TestChannel ada = fixture.connect(ADA);
    fixture.handler.receive(ada.connection, new ClientFrame.Post("r", ROOM, "c", "text"));
    assertThat(ada.frames()).isEmpty();
    durable.complete(new PostResult(4, Instant.EPOCH, false));
    assertThat(ada.frames()).containsExactly("acknowledged");
  }

  @Test
  void answersAFailureThatItDoesNotExpect() {
    when(fixture.rooms.post(any(), any(), any(), any()))
        .thenReturn(CompletableFuture.failedFuture(new IllegalStateException("a bug")));
    TestChannel ada = fixture.connect(ADA);
    fixture.handler.receive(ada.connection, new ClientFrame.Post("r", ROOM, "c", "text"));
    assertThat(ada.frames()).containsExactly("error internal-error");
  }

  @Test
  void refusesAConnectionThatOpensWhileTheServiceDrains() {
    DeliveryMetrics drains =
        new DeliveryMetrics(new SimpleMeterRegistry()) {
          @Override
          void sockets(int open) {
            draining.accept(false);
          }
        };
    draining = new Connections(fixture.settings, drains);
    Connection late =
        new Connection(ADA, DeliveryFixture.SESSION, new TestChannel(), fixture.settings);
    assertThat(draining.add(late)).isFalse();
    assertThat(draining.count()).isZero();
  }
}
