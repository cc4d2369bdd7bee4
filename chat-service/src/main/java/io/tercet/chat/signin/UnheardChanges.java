package io.tercet.chat.signin;

import io.tercet.chat.delivery.Connections;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintSettings;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.people.People;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Cards;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Finds out what no hint told about connected people: sessions that ended, changed rooms, and
/// rooms that they read elsewhere; and about everybody: changed cards.
///
/// It asks a database that other replicas may write each [HintSettings#pollPeriod] while hints do
/// not arrive, and once more after that; otherwise each [HintSettings#calmPeriod]. A person who
/// connected while no hint arrived is told once that their rooms changed, and where they read last,
/// because a change may lie before the first poll.
///
/// - Bounds: [HintSettings#pollRows] rows for a statement; what it remembers is two numbers for
///   each connected person, and the times of so many changed cards. If more cards changed between
///   two rounds, it tells the newest.
/// - Errors: a round that fails is tried again by the next.
/// - Threading: a task of Spring's scheduler runs the rounds. The monitor is outermost.
@Component
class UnheardChanges {

  /// Before the first poll of who just connected lie no more writes of places than these: a replica
  /// writes them once a second.
  private static final long WRITES_BEFORE_POLL_MAX = 20;

  /// Cards have the times of the replicas that changed them, whose clocks differ by less.
  private static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(10);

  private final Connections connections;
  private final People people;
  private final Cards cards;
  private final Sessions sessions;
  private final LogReader log;
  private final HintBroker hints;
  private final HintSettings settings;
  private final InstantSource clock;
  private Map<PersonId, People.Versions> known = new HashMap<>();
  private Map<PersonId, Instant> knownCards = Map.of();
  private @Nullable Instant polledAt;
  private boolean unheard;

  UnheardChanges(
      Connections connections,
      People people,
      Cards cards,
      Sessions sessions,
      LogReader log,
      HintBroker hints,
      HintSettings settings,
      InstantSource clock) {
    this.connections = connections;
    this.people = people;
    this.cards = cards;
    this.sessions = sessions;
    this.log = log;
    this.hints = hints;
    this.settings = settings;
    this.clock = clock;
  }

  /// One round.
  @Scheduled(fixedRateString = "${tercet.hint.poll-period:2s}")
  synchronized void poll() {
    Instant now = clock.instant();
    boolean hears = hints.isHearing();
    Instant before = polledAt;
    boolean calm =
        hears && !unheard && before != null && now.isBefore(before.plus(settings.calmPeriod()));
    if (!log.isShared() || calm) {
      return;
    }
    Map<PersonId, Set<SessionId>> connected = new HashMap<>();
    connections.forEach(connection ->
        connected
            .computeIfAbsent(connection.person().personId(), id -> new HashSet<>())
            .add(connection.sessionId()));
    closeEnded(connected);
    tellChanged(connected.keySet(), !hears || unheard);
    tellChangedCards(before == null ? now : before, before != null);
    unheard = !hears;
    polledAt = now;
  }

  private void closeEnded(Map<PersonId, Set<SessionId>> connected) {
    Set<SessionId> open = new HashSet<>();
    connected.values().forEach(open::addAll);
    Set<SessionId> alive = new HashSet<>();
    inChunks(open, chunk -> alive.addAll(sessions.alive(chunk)));
    connections.forEach(connection -> {
      SessionId sessionId = connection.sessionId();
      if (open.contains(sessionId) && !alive.contains(sessionId)) {
        PersonId personId = connection.person().personId();
        hints.tellHere(new Hint.SessionEnded(personId.value(), sessionId.value()));
      }
    });
  }

  private void tellChanged(Set<PersonId> connected, boolean newcomersToo) {
    Map<PersonId, People.Versions> versions = new HashMap<>();
    inChunks(connected, chunk -> versions.putAll(people.versions(chunk)));
    versions.forEach((personId, version) -> {
      People.Versions before = known.get(personId);
      if (before == null && newcomersToo) {
        long places = Math.max(0, version.places() - WRITES_BEFORE_POLL_MAX);
        before = new People.Versions(version.rooms() - 1, places);
      }
      if (before != null && before.rooms() < version.rooms()) {
        hints.tellHere(new Hint.PersonChanged(personId.value()));
      }
      if (before != null && before.places() < version.places()) {
        hints.tellHere(new Hint.PlacesMoved(personId.value(), before.places()));
      }
    });
    known = versions;
  }

  /// Who connects reads cards, so those that changed before the first round are known.
  private void tellChangedCards(Instant lastRound, boolean tells) {
    Map<PersonId, Instant> changed =
        cards.changedSince(lastRound.minus(CLOCKS_DIFFER_MAX), settings.pollRows());
    changed.forEach((personId, time) -> {
      if (tells && !time.equals(knownCards.get(personId))) {
        hints.tellHere(new Hint.CardChanged(personId.value()));
      }
    });
    knownCards = changed;
  }

  private <T> void inChunks(Collection<T> all, Consumer<List<T>> work) {
    List<T> list = new ArrayList<>(all);
    for (int from = 0; from < list.size(); from += settings.pollRows()) {
      work.accept(list.subList(from, Math.min(list.size(), from + settings.pollRows())));
    }
  }
}
