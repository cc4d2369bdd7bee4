package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Up to where people have read a room, and what is unread behind that.
///
/// A place is a register: it holds the value of a move that may have been the last one that moved
/// it. A move happens at some moment between its request and its answer, a reading too.
final class PlaceRules {

  /// Where the service ends counting.
  private static final int COUNTED_MAX = 100;

  private static final int NEVER = Integer.MAX_VALUE;

  private final RoomLog log;
  private final List<Violation> violations;
  private final List<Move> moves = new ArrayList<>();
  private final Map<String, Move> pending = new HashMap<>();
  private final Map<Integer, Reading> readings = new HashMap<>();
  private final Map<Integer, Long> heard = new HashMap<>();

  /// The place of each person that a reading found after their last move.
  private final Map<String, Long> last = new HashMap<>();

  private final Map<String, Long> kept = new HashMap<>();

  /// The newest `seq` that anybody was told of, at this place in the history.
  private long told;

  /// An attempt to move a place, which began and ended at these places of the history.
  private static final class Move {
    final String person;
    final long seq;
    final boolean back;
    final int begin;
    int end = NEVER;
    boolean refused;

    Move(Event.Moves event, int begin) {
      this.person = event.person();
      this.seq = event.seq();
      this.back = event.back();
      this.begin = begin;
    }

    boolean isBefore(Move other) {
      return end < other.begin;
    }
  }

  private record Reading(int number, String person, int begin, long toldBefore) {}

  PlaceRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    for (int now = 0; now < events.size(); now++) {
      Event event = events.get(now);
      switch (event) {
        case Event.Moves move -> {
          Move begun = new Move(move, now);
          moves.add(begun);
          pending.put(move.person() + " " + move.id(), begun);
          last.remove(move.person());
        }
        case Event.Moved(var person, _, var id) ->
            Objects.requireNonNull(pending.remove(person + " " + id), id).end = now;
        case Event.Refused(var person, _, var id, _) -> {
          Move move = pending.remove(person + " " + id);
          if (move != null) {
            move.refused = true;
          }
        }
        case Event.Leaving leaving -> last.remove(leaving.person());
        case Event.Member member -> last.remove(member.person());
        case Event.Reads(int number, var person, _) ->
            readings.put(number, new Reading(number, person, now, told));
        case Event.ReadUnread read -> read(read, now);
        case Event.PlaceHeard place -> heard(place, now);
        case Event.PlaceKept place -> kept(place);
        default -> {}
      }
      told = Math.max(told, log.told(event));
    }
  }

  private void read(Event.ReadUnread read, int now) {
    Reading reading = Objects.requireNonNull(readings.get(read.reading()));
    String person = reading.person;
    last.put(person, read.place());
    if (!mayBe(person, read.place(), reading.begin, now)) {
      String sentence = person + " read to " + read.place() + ", which was not the last move";
      add(Rule.PLACE_KEPT, person, reading.number, read.place(), sentence);
    }
    if (!isUnread(reading, read)) {
      String sentence =
          "%s has %d unread from %d on behind %d, as no log had since %d"
              .formatted(person, read.unread(), read.first(), read.place(), reading.toldBefore);
      add(Rule.UNREAD_AS_LOGGED, person, reading.number, read.first(), sentence);
    }
  }

  /// Whether a place may be what somebody reads who asks at `begin` and gets the answer at `end`.
  private boolean mayBe(String person, long place, int begin, int end) {
    List<Move> own = of(person).toList();
    boolean joinedThere =
        log.memberships().getOrDefault(person, new TreeMap<>()).getOrDefault(place, false);
    if (joinedThere && own.stream().noneMatch(move -> move.end < begin && move.seq > place)) {
      return true;
    }
    return own.stream()
        .filter(move -> move.seq == place && move.begin < end)
        .anyMatch(move -> mayMove(move, own) && !isReplaced(move, own, begin));
  }

  /// Whether a move forward may have found an earlier place.
  private static boolean mayMove(Move move, List<Move> own) {
    return move.back
        || own.stream()
            .filter(other -> other.isBefore(move) && other.seq > move.seq)
            .allMatch(other -> own.stream().anyMatch(back -> isBetween(other, back, move)));
  }

  private static boolean isBetween(Move first, Move back, Move next) {
    return back.back && back.seq <= next.seq && !back.isBefore(first) && !next.isBefore(back);
  }

  /// Whether a later move certainly happened before `now`, and led elsewhere.
  private static boolean isReplaced(Move move, List<Move> own, int now) {
    return own.stream()
        .filter(other -> other.end < now && move.isBefore(other))
        .anyMatch(other -> other.back ? other.seq != move.seq : other.seq > move.seq);
  }

  /// Whether the log had this unread behind the place at some moment after it was asked for.
  private boolean isUnread(Reading reading, Event.ReadUnread read) {
    TreeSet<Long> unread = new TreeSet<>();
    for (LogEntry entry : log.entries) {
      if (entry.seq() > reading.toldBefore && isLike(unread, read)) {
        return true;
      }
      boolean others = entry.seq() > read.place() && !entry.person().equals(reading.person);
      if (others && entry.isUnreadForOthers()) {
        unread.add(entry.seq());
      } else if (entry.isDeletion()) {
        unread.remove(entry.target());
      }
    }
    return isLike(unread, read);
  }

  private static boolean isLike(TreeSet<Long> unread, Event.ReadUnread read) {
    return read.unread() == Math.min(unread.size(), COUNTED_MAX)
        && read.first() == (unread.isEmpty() ? 0 : unread.first());
  }

  private void heard(Event.PlaceHeard place, int now) {
    String person = place.person();
    if (!mayBe(person, place.place(), 0, now)) {
      String sentence = person + " heard " + place.place() + ", where nobody moved it";
      add(Rule.PLACE_KEPT, person, 0, place.place(), sentence);
    }
    long before = heard.getOrDefault(place.client(), 0L);
    heard.put(place.client(), place.place());
    boolean wentBack =
        of(person).anyMatch(move -> move.back && move.seq <= place.place() && move.begin < now);
    if (place.place() < before && !wentBack) {
      String sentence = person + " was at " + before + " and heard " + place.place();
      add(Rule.PLACE_KEPT, person, 0, place.place(), sentence);
    }
  }

  private void kept(Event.PlaceKept place) {
    String person = place.person();
    @Nullable Long expected = last.getOrDefault(person, kept.putIfAbsent(person, place.place()));
    if (expected != null && expected != place.place()) {
      String sentence = person + " has read to " + place.place() + " at one client; " + expected;
      add(Rule.ONE_PLACE, person, 0, place.place(), sentence);
    }
  }

  private Stream<Move> of(String person) {
    return moves.stream().filter(move -> move.person.equals(person) && !move.refused);
  }

  private void add(Rule rule, String person, int reading, long seq, String sentence) {
    violations.add(Violation.of(rule, log.room, sentence).aboutMessage(person).about(reading, seq));
  }
}
