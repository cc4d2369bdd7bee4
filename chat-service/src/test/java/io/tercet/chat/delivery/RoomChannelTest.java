package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.SESSION;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.Entry;
import io.tercet.chat.people.Person;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomChannelTest {

  private final DeliveryFixture fixture = new DeliveryFixture();
  private final List<RoomChannel> retired = new ArrayList<>();
  private final RoomChannel channel = new RoomChannel(ROOM, fixture.frames, retired::add);
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
    Subscription starting = subscription(ada, ADA, 1);
    live(bob, BOB, 1);
    channel.end(starting);
    assertThat(bob.frames()).isEmpty();
    assertThat(ada.frames()).isEmpty();
  }

  @Test
  void doesNotLetASubscriptionArriveThatEnded() {
    live(bob, BOB, 1);
    Subscription subscription = subscription(ada, ADA, 1);
    channel.endAll(ADA.personId());
    assertThat(channel.arrive(subscription, null, subscribed(), 10)).isFalse();
    assertThat(ada.frames()).isEmpty();
    assertThat(bob.frames()).isEmpty();
  }

  @Test
  void sendsANewcomerWhoIsPresentBeforeAnybodyElseWhoArrives() throws InterruptedException {
    live(bob, BOB, 1);
    Subscription starting = subscription(ada, ADA, 1);
    TestChannel eve = new TestChannel();
    Subscription second = subscription(eve, DeliveryFixture.EVE, 1);
    Thread arriving =
        Thread.ofPlatform().unstarted(() -> channel.arrive(second, null, subscribed(), 10));
    ada.onWrite =
        () -> {
          ada.onWrite = () -> {};
          arriving.start();
          while (arriving.getState() != Thread.State.WAITING
              && arriving.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
          }
        };
    channel.arrive(starting, null, subscribed(), 10);
    arriving.join();
    assertThat(ada.frames()).containsExactly("subscribed", "presence bob ada", "arrived eve");
    assertThat(eve.frames()).containsExactly("subscribed", "presence bob ada eve");
  }

  @Test
  void tellsOfAPersonsFirstArrivalAndLastDepartureOnly() {
    live(bob, BOB, 1);
    Subscription first = live(ada, ADA, 1);
    Subscription second = live(new TestChannel(), ADA, 1);
    channel.end(first);
    channel.end(second);
    assertThat(bob.frames()).containsExactly("arrived ada", "departed ada");
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
    Subscription subscription = subscription(to, person, nextSeq);
    channel.arrive(subscription, null, subscribed(), 10);
    to.frames();
    return subscription;
  }

  private Subscription subscription(TestChannel to, Person person, long nextSeq) {
    Subscription subscription = new Subscription(channel, connection(to, person));
    subscription.nextSeq = nextSeq;
    channel.add(subscription);
    return subscription;
  }

  private Connection connection(TestChannel to, Person person) {
    return new Connection(person, SESSION, to, fixture.settings);
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
