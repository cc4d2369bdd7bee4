package io.tercet.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.presence.TestPresence.One;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedPresenceTest {

  private static final UUID ROOM = new UUID(0, 1);
  private static final UUID OTHER_ROOM = new UUID(0, 2);
  private static final Person ADA = person(1);
  private static final Person BOB = person(2);

  private final TestPresence replicas = new TestPresence();
  private final One one = replicas.add();
  private final One two = replicas.add();
  private int told;
  private PresenceWatch atOne;
  private PresenceWatch atTwo;

  @BeforeEach
  void start() {
    replicas.pass(one, two);
    replicas.pass(one, two);
    atOne = one.presence.watch(ROOM, () -> told++);
    atTwo = two.presence.watch(ROOM, () -> {});
  }

  @Test
  void tellsTheOthersWhoCameAndWent() {
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one, two);
    assertThat(people(atTwo)).containsExactly(ADA);
    assertThat(people(atOne)).isEmpty();

    one.presence.departed(ROOM, ADA);
    replicas.exchange(one, two);
    assertThat(people(atTwo)).isEmpty();
  }

  @Test
  void doesNotReadWhatItWroteItself() {
    replicas.exchange(one, two);
    int reads = replicas.store.reads;
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one);
    replicas.exchange(one);

    assertThat(replicas.store.reads).isEqualTo(reads);
  }

  @Test
  void asksValkeyNothingWhileNobodyComesOrGoes() {
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one, two);
    int writes = replicas.store.writes;
    int reads = replicas.store.reads;
    for (int i = 0; i < 10; i++) {
      replicas.pass(one, two);
    }

    assertThat(replicas.store.writes).isEqualTo(writes);
    assertThat(replicas.store.reads).isEqualTo(reads);
  }

  @Test
  void tellsAPersonOnceWhateverComesAndGoesBetweenTwoRounds() {
    one.presence.arrived(ROOM, ADA);
    one.presence.departed(ROOM, ADA);
    one.presence.arrived(ROOM, ADA);
    int writes = replicas.store.writes;
    replicas.exchange(one, two);

    assertThat(replicas.store.writes).isEqualTo(writes + 1);
    assertThat(people(atTwo)).containsExactly(ADA);
  }

  @Test
  void tellsAListenerOnlyWhenPeopleChange() {
    two.presence.arrived(ROOM, ADA);
    replicas.exchange(two, one);
    two.presence.departed(ROOM, ADA);
    two.presence.arrived(ROOM, ADA);
    replicas.exchange(two, one);

    assertThat(told).isEqualTo(1);
  }

  @Test
  void letsThePeopleOfAKilledReplicaGoWithinFifteenSeconds() {
    two.presence.arrived(ROOM, BOB);
    replicas.exchange(two, one);
    assertThat(people(atOne)).containsExactly(BOB);

    // A round, until it is written; then the silence, and a heartbeat of this replica.
    int seconds = 1;
    while (!people(atOne).isEmpty()) {
      replicas.pass(one);
      seconds += 2;
      assertThat(seconds).isLessThan(15);
    }
  }

  @Test
  void showsThePeopleOfAReplicaAgainThatWasPaused() {
    two.presence.arrived(ROOM, BOB);
    replicas.exchange(two, one);
    for (int i = 0; i < 10; i++) {
      replicas.pass(one);
    }
    assertThat(people(atOne)).isEmpty();
    assertThat(people(atTwo)).isEmpty();

    replicas.pass(two, one);
    replicas.pass(two, one);
    assertThat(people(atOne)).containsExactly(BOB);
  }

  @Test
  void forgetsTheOthersWhileValkeyIsAwayAndWritesEverythingWhenItIsBack() {
    one.presence.arrived(ROOM, ADA);
    two.presence.arrived(ROOM, BOB);
    replicas.exchange(one, two, one);
    away(true);
    one.presence.arrived(OTHER_ROOM, ADA);
    one.presence.departed(ROOM, ADA);
    for (int i = 0; i < 10; i++) {
      replicas.pass(one, two);
    }
    assertThat(people(atOne)).isEmpty();
    assertThat(people(atTwo)).isEmpty();

    away(false);
    PresenceWatch other = two.presence.watch(OTHER_ROOM, () -> {});
    replicas.pass(one, two);
    replicas.pass(one, two);
    assertThat(people(atOne)).containsExactly(BOB);
    assertThat(people(atTwo)).isEmpty();
    assertThat(people(other)).containsExactly(ADA);
  }

  @Test
  void keepsNothingOfThoseWhoLeftWhileValkeyWasAway() {
    away(true);
    for (int i = 0; i < 5; i++) {
      replicas.pass(one, two);
    }
    one.presence.arrived(OTHER_ROOM, ADA);
    one.presence.departed(OTHER_ROOM, ADA);
    replicas.exchange(one);
    assertThat(one.presence.rooms()).isEqualTo(1);

    away(false);
    replicas.pass(one, two);
    assertThat(replicas.store.lives(OTHER_ROOM)).isEmpty();
  }

  @Test
  void correctsADepartureThatValkeyDidNotTake() {
    settle();
    one.presence.arrived(ROOM, ADA);
    one.presence.arrived(ROOM, BOB);
    replicas.exchange(one, two);
    replicas.store.away = true;
    one.presence.departed(ROOM, ADA);
    replicas.exchange(one);
    replicas.store.away = false;
    told = 0;
    for (int i = 0; i < 3; i++) {
      replicas.pass(one, two);
      assertThat(people(atTwo)).contains(BOB);
    }

    assertThat(people(atTwo)).containsExactly(BOB);
  }

  @Test
  void writesEverythingAgainWhenValkeyLostIt() {
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one, two);
    replicas.lives.loseEverything();
    replicas.store.loseEverything();
    replicas.pass(one, two);
    replicas.pass(one, two);

    assertThat(people(atTwo)).containsExactly(ADA);
  }

  @Test
  void writesARoomAgainThatValkeyDroppedAlone() {
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one, two);
    replicas.store.loseEverything();
    for (int seconds = 0; seconds < 240; seconds += 2) {
      replicas.pass(one, two);
    }

    assertThat(people(atTwo)).containsExactly(ADA);
    assertThat(replicas.store.touches).isEqualTo(1);
  }

  @Test
  void readsARoomAfterAWhileIfAHintWasLost() {
    replicas.exchange(two);
    replicas.deaf = true;
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one, two);
    assertThat(people(atTwo)).isEmpty();
    for (int seconds = 0; seconds < 32; seconds += 2) {
      replicas.pass(one, two);
    }

    assertThat(people(atTwo)).containsExactly(ADA);
  }

  @Test
  void removesWhatAReplicaLeftBehind() {
    two.presence.arrived(ROOM, BOB);
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(two, one);
    for (int i = 0; i < 10; i++) {
      replicas.pass(one);
    }

    assertThat(replicas.store.lives(ROOM)).containsExactly(one.replicas.view().life());
  }

  @Test
  void keepsABoundedNumberOfPeopleAndCountsTheRest() {
    for (int i = 1; i <= 20; i++) {
      one.presence.arrived(ROOM, person(i));
      one.presence.arrived(OTHER_ROOM, person(i));
    }
    PresenceWatch other = two.presence.watch(OTHER_ROOM, () -> {});
    replicas.exchange(one, two);
    replicas.exchange(two);

    assertThat(people(atTwo).size() + people(other).size()).isEqualTo(two.presence.kept());
    assertThat(two.presence.kept()).isLessThanOrEqualTo(TestPresence.SETTINGS.othersAllMax());
    assertThat(atTwo.others().people()).hasSizeLessThanOrEqualTo(5);
    assertThat(atTwo.others().people().size() + atTwo.others().unnamed()).isEqualTo(20);
    assertThat(other.others().people().size() + other.others().unnamed()).isEqualTo(20);
  }

  @Test
  void keepsNothingOfARoomThatNobodyIsIn() {
    one.presence.arrived(ROOM, ADA);
    replicas.exchange(one, two);
    one.presence.departed(ROOM, ADA);
    atOne.close();
    atTwo.close();
    replicas.exchange(one, two);

    assertThat(one.presence.rooms()).isZero();
    assertThat(two.presence.rooms()).isZero();
    assertThat(two.presence.kept()).isZero();
  }

  @Test
  void isSilentWithoutOtherReplicas() {
    SharedPresence alone = TestPresence.alone();
    PresenceWatch watch = alone.watch(ROOM, () -> told++);
    alone.arrived(ROOM, ADA);
    alone.exchange();

    assertThat(alone.rooms()).isZero();
    assertThat(watch.others()).isEqualTo(SharedPresence.Others.NONE);
    assertThat(told).isZero();
  }

  private void settle() {
    for (int i = 0; i < 5; i++) {
      replicas.pass(one, two);
    }
  }

  private void away(boolean away) {
    replicas.lives.away(away);
    replicas.store.away = away;
  }

  private static List<Person> people(PresenceWatch watch) {
    return List.copyOf(watch.others().people().values());
  }

  private static Person person(int number) {
    return new Person(new PersonId(new UUID(1, number)), "p" + number, false);
  }
}
