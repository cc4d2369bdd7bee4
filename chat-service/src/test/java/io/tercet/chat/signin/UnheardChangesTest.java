package io.tercet.chat.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.Connections;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintSettings;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Cards;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnheardChangesTest {

  private static final int ROWS = 2;
  private static final HintSettings SETTINGS =
      new HintSettings(
          Duration.ofSeconds(2), Duration.ofSeconds(30), ROWS, Duration.ofSeconds(2), 1);

  private final Connections connections = mock(Connections.class);
  private final People people = mock(People.class);
  private final Cards cards = mock(Cards.class);
  private final Sessions sessions = mock(Sessions.class);
  private final LogReader log = mock(LogReader.class);
  private final List<Connection> open = new ArrayList<>();
  private final Map<PersonId, People.Versions> versions = new HashMap<>();
  private final Set<SessionId> ended = new HashSet<>();
  private final List<Integer> statements = new ArrayList<>();
  private final List<Hint> told = new ArrayList<>();
  private boolean hearing = true;
  private Instant now = Instant.EPOCH;

  private final HintBroker hints =
      new HintBroker() {
        @Override
        public void publish(Hint hint) {
          throw new AssertionError("the others poll for themselves");
        }

        @Override
        public void tellHere(Hint hint) {
          told.add(hint);
        }

        @Override
        public boolean isHearing() {
          return hearing;
        }
      };

  private final UnheardChanges changes =
      new UnheardChanges(connections, people, cards, sessions, log, hints, SETTINGS, () -> now);

  @BeforeEach
  void answer() {
    when(log.isShared()).thenReturn(true);
    doAnswer(
            call -> {
              open.forEach(call.<Consumer<Connection>>getArgument(0));
              return null;
            })
        .when(connections)
        .forEach(any());
    when(people.versions(any()))
        .thenAnswer(call -> {
          Collection<PersonId> asked = call.getArgument(0);
          statements.add(asked.size());
          Map<PersonId, People.Versions> found = new HashMap<>(versions);
          found.keySet().retainAll(asked);
          return found;
        });
    when(sessions.alive(any()))
        .thenAnswer(call -> {
          Set<SessionId> alive = new HashSet<>(call.<Collection<SessionId>>getArgument(0));
          statements.add(alive.size());
          alive.removeAll(ended);
          return alive;
        });
  }

  @Test
  void tellsOfEachChangedCardOnce() {
    Map<PersonId, Instant> changed = new HashMap<>();
    PersonId ada = new PersonId(new UUID(1, 1));
    PersonId eve = new PersonId(new UUID(1, 2));
    when(cards.changedSince(any(), anyInt()))
        .thenAnswer(call -> {
          Instant since = call.getArgument(0);
          assertThat(call.<Integer>getArgument(1)).isEqualTo(ROWS);
          Map<PersonId, Instant> found = new HashMap<>(changed);
          found.values().removeIf(time -> time.isBefore(since));
          return found;
        });
    changed.put(ada, now);
    changes.poll();
    assertThat(told).as("who connects reads cards").isEmpty();

    changed.put(ada, now.plusMillis(1));
    // By a clock that is behind.
    changed.put(eve, now.minusSeconds(5));
    poll(SETTINGS.calmPeriod());
    assertThat(told)
        .containsExactlyInAnyOrder(
            new Hint.CardChanged(ada.value()), new Hint.CardChanged(eve.value()));
    told.clear();
    poll(SETTINGS.calmPeriod());
    poll(SETTINGS.calmPeriod());
    assertThat(told).isEmpty();
  }

  @Test
  void tellsThatRoomsChangedAndThatASessionEnded() {
    connect(1);
    connect(2);
    changes.poll();
    assertThat(told).as("nothing changed since they connected").isEmpty();

    changeRooms(1);
    ended.add(session(2));
    poll(SETTINGS.calmPeriod());
    assertThat(told)
        .containsExactlyInAnyOrder(
            new Hint.PersonChanged(person(1).value()),
            new Hint.SessionEnded(person(2).value(), session(2).value()));

    told.clear();
    ended.clear();
    poll(SETTINGS.calmPeriod());
    assertThat(told).isEmpty();
  }

  @Test
  void asksRarelyWhileHintsArrive() {
    connect(1);
    changes.poll();
    statements.clear();
    poll(SETTINGS.calmPeriod().minusMillis(1));
    assertThat(statements).isEmpty();
    poll(Duration.ofMillis(1));
    assertThat(statements).hasSize(2);
  }

  @Test
  void asksEachTimeWhileHintsDoNotArriveAndOnceMore() {
    connect(1);
    changes.poll();
    hearing = false;
    poll(SETTINGS.pollPeriod());
    statements.clear();
    poll(SETTINGS.pollPeriod());
    assertThat(statements).hasSize(2);
    hearing = true;
    changeRooms(1);
    poll(SETTINGS.pollPeriod());
    assertThat(told).contains(new Hint.PersonChanged(person(1).value()));
    statements.clear();
    poll(SETTINGS.pollPeriod());
    assertThat(statements).isEmpty();
  }

  @Test
  void tellsWhoConnectedWhileNoHintArrivedOnce() {
    hearing = false;
    changes.poll();
    connect(1);
    poll(SETTINGS.pollPeriod());
    assertThat(told).containsExactly(new Hint.PersonChanged(person(1).value()));
    poll(SETTINGS.pollPeriod());
    assertThat(told).hasSize(1);
  }

  @Test
  void asksForABoundedNumberInOneStatement() {
    for (int i = 1; i <= 5; i++) {
      connect(i);
    }
    changes.poll();
    assertThat(statements).containsExactly(2, 2, 1, 2, 2, 1);
  }

  @Test
  void asksNothingOfADatabaseThatNobodyElseWrites() {
    when(log.isShared()).thenReturn(false);
    connect(1);
    changes.poll();
    assertThat(statements).isEmpty();
  }

  @Test
  void tellsAfterWhichVersionPlacesMoved() {
    connect(1);
    connect(2);
    movePlaces(1, 7);
    changes.poll();
    movePlaces(1, 9);
    poll(SETTINGS.calmPeriod());
    assertThat(told).containsExactly(new Hint.PlacesMoved(person(1).value(), 7));

    poll(SETTINGS.calmPeriod());
    assertThat(told).hasSize(1);
  }

  @Test
  void tellsWhoConnectedWhileNoHintArrivedOfTheLastPlaces() {
    hearing = false;
    changes.poll();
    connect(1);
    movePlaces(1, 100);
    poll(SETTINGS.pollPeriod());
    assertThat(told)
        .containsExactly(
            new Hint.PersonChanged(person(1).value()), new Hint.PlacesMoved(person(1).value(), 80));
  }

  private void changeRooms(int number) {
    versions.computeIfPresent(
        person(number), (id, was) -> new People.Versions(was.rooms() + 1, was.places()));
  }

  private void movePlaces(int number, long version) {
    versions.computeIfPresent(
        person(number), (id, was) -> new People.Versions(was.rooms(), version));
  }

  private void poll(Duration later) {
    now = now.plus(later);
    changes.poll();
  }

  private void connect(int number) {
    Connection connection = mock(Connection.class);
    when(connection.person()).thenReturn(new Person(person(number), "p" + number, false));
    when(connection.sessionId()).thenReturn(session(number));
    versions.put(person(number), new People.Versions(1, 0));
    open.add(connection);
  }

  private static PersonId person(int number) {
    return new PersonId(new UUID(1, number));
  }

  private static SessionId session(int number) {
    return new SessionId(new UUID(2, number));
  }
}
