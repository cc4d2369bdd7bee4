package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static io.tercet.chat.delivery.DeliveryFixture.NETWORK;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.SESSION;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.delivery.outbound.SendQueue;
import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.Entry;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.presence.TestPresence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoomChannelTest {

  private final DeliveryFixture fixture = new DeliveryFixture();
  private final List<RoomChannel> retired = new ArrayList<>();
  private final RoomChannel channel =
      new RoomChannel(
          ROOM,
          new RoomChannel.Context(
              fixture.frames, fixture.settings, fixture.threads, TestPresence.alone()),
          retired::add);
  private final TestChannel ada = new TestChannel();
  private final TestChannel bob = new TestChannel();

  @Test
  void sendsALiveSubscriptionOnlyWhatItHasNotGot() {
    Subscription live = live(ada, ADA, 2);
    assertThat(channel.deliver(entries(1, 3)).entries()).isEqualTo(2);
    assertThat(channel.deliver(entries(1, 3)).entries()).isZero();
    assertThat(ada.frames()).containsExactly("entry 2", "entry 3");
    assertThat(live.nextSeq).isEqualTo(4);
  }

  @Test
  void keepsASubscriptionFromGoingLiveWhileItMissesADelivery() {
    Subscription subscription = arrived(ada, ADA, 1);
    channel.deliver(entries(1, 2));
    channel.goLive(subscription);
    assertThat(channel.isCatchingUp(subscription)).isTrue();

    assertThat(channel.catchUp(subscription, entries(1, 2))).isTrue();
    channel.goLive(subscription);
    channel.deliver(entries(3, 3));
    assertThat(ada.frames()).containsExactly("entry 1", "entry 2", "entry 3");
  }

  @Test
  void returnsASubscriptionThatMissesEntriesToItsCatchUp() {
    Subscription subscription = live(ada, ADA, 1);
    assertThat(channel.deliver(entries(2, 2)).gaps()).containsExactly(subscription);
    assertThat(channel.isCatchingUp(subscription)).isTrue();
    assertThat(ada.frames()).isEmpty();
  }

  @Test
  void namesASubscriptionWhoseQueueIsFull() {
    ada.reading = false;
    Subscription subscription = live(ada, ADA, 1);
    List<Subscription> full = new ArrayList<>();
    for (long seq = 1; full.isEmpty(); seq++) {
      full.addAll(channel.deliver(entries(seq, seq)).full());
    }
    assertThat(full).containsExactly(subscription);
  }

  @Test
  void sendsNothingToASubscriptionThatEndedDuringItsCatchUp() {
    Subscription subscription = arrived(ada, ADA, 1);
    assertThat(channel.end(subscription)).isTrue();
    assertThat(channel.end(subscription)).isFalse();
    assertThat(channel.catchUp(subscription, entries(1, 2))).isTrue();
    channel.goLive(subscription);
    channel.deliver(entries(1, 2));
    assertThat(ada.frames()).isEmpty();
  }

  @Test
  void tellsNobodyOfAPersonWhoseSubscriptionNeverArrived() {
    live(bob, BOB, 1);
    Subscription starting = subscription(ada, ADA);
    channel.end(starting);
    fixture.threads.runLater();
    assertThat(bob.frames()).containsExactly("presence +[bob] -[]");
    assertThat(ada.frames()).isEmpty();
  }

  @Test
  void doesNotLetASubscriptionArriveThatEnded() {
    Subscription subscription = subscription(ada, ADA);
    channel.end(subscription);
    assertThat(arrives(subscription, 0, 1)).isFalse();
    assertThat(ada.frames()).isEmpty();
  }

  @Test
  void doesNotLetASubscriptionArriveWhosePersonLeftAfterTheCheck() {
    Subscription subscription = subscription(ada, ADA);
    channel.leave(ADA.personId(), 8);
    assertThat(arrives(subscription, 7, 8)).isFalse();
    assertThat(ada.frames()).isEmpty();
    assertThat(retired).containsExactly(channel);
  }

  @Test
  void keepsASubscriptionWhosePersonIsAMemberAgain() {
    Subscription starting = subscription(ada, ADA);
    channel.leave(ADA.personId(), 8);
    assertThat(arrives(starting, 9, 10)).isTrue();
    channel.leave(ADA.personId(), 8);
    assertThat(channel.isCatchingUp(starting)).isTrue();
    channel.leave(ADA.personId(), 12);
    assertThat(channel.isCatchingUp(starting)).isFalse();
  }

  @Test
  void tellsOnceInAPeriodWhoCameAndWent() {
    live(bob, BOB, 1);
    Subscription first = live(ada, ADA, 1);
    Subscription second = live(new TestChannel(), ADA, 1);
    Subscription eve = live(new TestChannel(), EVE, 1);
    channel.end(first);
    channel.end(eve);
    assertThat(fixture.threads.later).hasSize(1);
    assertThat(bob.frames()).isEmpty();
    fixture.threads.runLater();
    assertThat(bob.frames()).containsExactly("presence +[bob ada] -[eve]");
    assertThat(fixture.threads.later).isEmpty();

    channel.end(second);
    fixture.threads.runLater();
    assertThat(bob.frames()).containsExactly("presence +[] -[ada]");
  }

  @Test
  void tellsANewcomerTheStateAtTheEndOfThePeriodWhateverItKnowsFromBefore() {
    live(bob, BOB, 1);
    Subscription eve = live(new TestChannel(), EVE, 1);
    fixture.threads.runLater();
    channel.end(eve);
    Subscription late = subscription(ada, ADA);
    arrives(late, 0, 1);
    live(new TestChannel(), EVE, 1);
    fixture.threads.runLater();
    assertThat(ada.frames())
        .containsExactly("subscribed", "presence bob ada", "presence +[eve ada] -[]");
  }

  @Test
  void namesAtMostSoManyPeopleAndCountsAll() {
    int many = fixture.settings.hereMax() + 5;
    live(bob, BOB, 1);
    for (int i = 1; i < many; i++) {
      live(new TestChannel(), person(i), 1);
    }
    fixture.threads.runLater();
    JsonNode presence = bob.lastFrame();
    assertThat(presence.get("type").stringValue()).isEqualTo("presence");
    assertThat(presence.get("count").intValue()).isEqualTo(many);
    assertThat(presence.get("here").size()).isEqualTo(fixture.settings.hereMax());
  }

  @Test
  void sendsAStormOfArrivalsAsOneFrameForEachSubscription() {
    List<TestChannel> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      TestChannel channel = new TestChannel();
      Subscription subscription = subscription(channel, person(i));
      arrives(subscription, 0, 1);
      all.add(channel);
    }
    fixture.threads.runLater();
    assertThat(all).allSatisfy(one -> assertThat(one.frames()).hasSize(3));
  }

  @Test
  void takesNoSubscriptionOnceItsLastOneEnded() {
    channel.end(live(ada, ADA, 1));
    assertThat(retired).containsExactly(channel);
    assertThat(channel.add(new Subscription(channel, connection(bob, BOB)))).isFalse();
  }

  private Subscription live(TestChannel to, Person person, long nextSeq) {
    Subscription subscription = arrived(to, person, nextSeq);
    channel.goLive(subscription);
    return subscription;
  }

  private Subscription arrived(TestChannel to, Person person, long nextSeq) {
    Subscription subscription = subscription(to, person);
    arrives(subscription, nextSeq - 1, nextSeq);
    to.frames();
    return subscription;
  }

  private boolean arrives(Subscription subscription, long memberSeq, long nextSeq) {
    return channel.arrive(subscription, null, memberSeq, nextSeq, subscribed());
  }

  private Subscription subscription(TestChannel to, Person person) {
    Subscription subscription = new Subscription(channel, connection(to, person));
    channel.add(subscription);
    return subscription;
  }

  private Connection connection(TestChannel to, Person person) {
    SendQueue queue = new SendQueue(to, fixture.outbound, SendBudget.of(1_000_000));
    return new Connection(person, SESSION, NETWORK, to, queue);
  }

  private static Person person(int number) {
    return new Person(new PersonId(new UUID(1, number)), "p" + number, false);
  }

  private ByteBuffer subscribed() {
    return fixture.frames.write(new ServerFrame.Subscribed("r", ROOM, 0, 0));
  }

  private EncodedEntries entries(long first, long last) {
    List<Entry> entries = new ArrayList<>();
    for (long seq = first; seq <= last; seq++) {
      Entry said = said(ADA, "text");
      entries.add(new Entry(seq, said.personId(), said.name(), said.sentAt(), said.content()));
    }
    return fixture.frames.write(ROOM, entries, 100_000).getFirst();
  }
}
