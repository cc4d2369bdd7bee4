package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.people.Person;
import io.tercet.chat.presence.TestPresence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the sockets of two replicas hear of each other's people.
class PresenceOverReplicasTest {

  private final TestPresence replicas = new TestPresence();
  private final TestPresence.One one = replicas.add();
  private final TestPresence.One two = replicas.add();
  private final DeliveryFixture atOne = new DeliveryFixture(null, one.presence);
  private final DeliveryFixture atTwo = new DeliveryFixture(null, two.presence);
  private TestChannel bob;
  private TestChannel eve;

  @BeforeEach
  void bobIsAtOneAndEveAtTwo() {
    replicas.pass(one, two);
    replicas.pass(one, two);
    atOne.log.append(joined(ADA), joined(BOB), joined(EVE));
    atTwo.log.append(joined(ADA), joined(BOB), joined(EVE));
    bob = atOne.live(BOB);
    eve = atTwo.live(EVE);
    pass();
    bob.frames();
    eve.frames();
  }

  @Test
  void oneArrivalAndOneDepartureForAPersonWithSocketsAtBoth() {
    TestChannel first = live(atOne, ADA);
    TestChannel second = live(atTwo, ADA);
    TestChannel third = live(atTwo, ADA);
    assertThat(bob.frames()).containsExactly("presence +[ada] -[]");
    assertThat(eve.frames()).containsExactly("presence +[ada] -[]");

    close(atOne, first);
    close(atTwo, second);
    assertThat(bob.frames()).isEmpty();
    assertThat(eve.frames()).isEmpty();

    close(atTwo, third);
    assertThat(bob.frames()).containsExactly("presence +[] -[ada]");
    assertThat(eve.frames()).containsExactly("presence +[] -[ada]");
  }

  @Test
  void aPersonWhoComesBackAtTheOtherReplicaNeverLeft() {
    TestChannel first = live(atOne, ADA);
    bob.frames();
    eve.frames();
    TestChannel second = atTwo.live(ADA);
    atOne.handler.closed(first.connection);
    atOne.threads.runAll();
    pass();

    assertThat(bob.frames()).doesNotContain("presence +[] -[ada]");
    assertThat(eve.frames()).doesNotContain("presence +[] -[ada]");
    close(atTwo, second);
    assertThat(bob.frames()).containsExactly("presence +[] -[ada]");
  }

  @Test
  void aNewcomerHearsWhoIsAtTheOtherReplica() {
    TestChannel ada = atOne.connect(ADA);
    atOne.subscribe(ada, 3);
    atOne.threads.runAll();

    assertThat(ada.frames()).contains("presence bob ada eve");
  }

  @Test
  void theFirstOfARoomHearsItSoon() {
    close(atOne, bob);
    TestChannel ada = atOne.connect(ADA);
    atOne.subscribe(ada, 3);
    pass();

    assertThat(ada.frames())
        .containsExactly("subscribed", "presence ada", "presence +[ada eve] -[]");
  }

  @Test
  void thePeopleOfAKilledReplicaDepart() {
    for (int seconds = 0; seconds < 12; seconds += 2) {
      replicas.pass(one);
      tell(atOne);
    }

    assertThat(bob.frames()).containsExactly("presence +[] -[eve]");
  }

  private TestChannel live(DeliveryFixture at, Person person) {
    TestChannel channel = at.live(person);
    pass();
    channel.frames();
    return channel;
  }

  private void close(DeliveryFixture at, TestChannel channel) {
    at.handler.closed(channel.connection);
    at.threads.runAll();
    pass();
  }

  /// A second: replicas exchange more often than rooms are told.
  private void pass() {
    replicas.exchange(one, two);
    replicas.exchange(one, two);
    tell(atOne);
    tell(atTwo);
  }

  private static void tell(DeliveryFixture at) {
    at.threads.runAll();
    at.threads.runLater();
    at.threads.runAll();
  }
}
