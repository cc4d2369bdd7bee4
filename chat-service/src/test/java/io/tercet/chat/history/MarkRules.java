package io.tercet.chat.history;

import io.tercet.chat.history.RoomLog.MessageId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/// The reactions and pins of one room, and what became of those that clients wanted.
final class MarkRules {

  /// Different emoji of a message.
  private static final int EMOJI_MAX = 50;

  /// Pinned messages of a room.
  private static final int PINS_MAX = 100;

  private final RoomLog log;
  private final List<Violation> violations;
  private final Map<MessageId, Attempts> wanted = new HashMap<>();

  /// The newest `seq` that anybody was told of, at this place in the history.
  private long told;

  /// The attempts to put a mark or to take it away. `toldBefore` is the newest `seq` that anybody
  /// was told of before the first one, `toldBeforeLast` before the last one.
  private static final class Attempts {
    final Event.Marks mark;
    final long toldBefore;
    long toldBeforeLast;
    int attempts;
    int refused;

    Attempts(Event.Marks mark, long toldBefore) {
      this.mark = mark;
      this.toldBefore = toldBefore;
    }

    boolean isOf(LogEntry entry) {
      return mark.kind().equals(entry.kind())
          && mark.target() == entry.target()
          && mark.person().equals(entry.person())
          && (entry.isPin() || mark.emoji().equals(entry.text()));
    }
  }

  MarkRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    checkLog();
    for (Event event : events) {
      switch (event) {
        case Event.Marks mark -> {
          Attempts attempts =
              wanted.computeIfAbsent(
                  new MessageId(mark.person(), mark.id()), key -> new Attempts(mark, told));
          attempts.attempts++;
          attempts.toldBeforeLast = told;
        }
        case Event.Marked answer -> marked(answer);
        case Event.Refused answer -> refused(answer);
        default -> {}
      }
      told = Math.max(told, log.told(event));
    }
    log.entries.stream().filter(LogEntry::isMark).forEach(this::checkWanted);
  }

  private void checkLog() {
    Map<Long, Map<String, Set<String>>> reactions = new HashMap<>();
    Set<Long> pins = new HashSet<>();
    for (LogEntry entry : log.entries) {
      boolean changes = true;
      if (entry.isReaction()) {
        Map<String, Set<String>> ofMessage =
            reactions.computeIfAbsent(entry.target(), seq -> new HashMap<>());
        Set<String> people = ofMessage.computeIfAbsent(entry.text(), text -> new HashSet<>());
        changes = entry.isAddition() ? people.add(entry.person()) : people.remove(entry.person());
        ofMessage.values().removeIf(Set::isEmpty);
        checkLimit(entry, ofMessage.size(), EMOJI_MAX, "emoji");
      } else if (entry.isPin()) {
        changes = entry.isAddition() ? pins.add(entry.target()) : pins.remove(entry.target());
        checkLimit(entry, pins.size(), PINS_MAX, "pins");
      } else if (entry.isDeletion()) {
        reactions.remove(entry.target());
        pins.remove(entry.target());
      }
      if (!changes) {
        add(Rule.NO_EMPTY_MARKS, "", entry.seq(), "it was so before " + entry);
      }
    }
  }

  private void checkLimit(LogEntry entry, int count, int max, String what) {
    if (count > max) {
      add(Rule.LIMITS_KEPT, "", entry.seq(), "there are " + count + " " + what + " with " + entry);
    }
  }

  /// What was confirmed was so at some moment after it was asked for.
  private void marked(Event.Marked answer) {
    Attempts attempts = of(answer.person(), answer.id());
    Event.Marks mark = attempts.mark;
    boolean adds = mark.kind().equals(LogEntry.REACTED) || mark.kind().equals(LogEntry.PINNED);
    boolean happened = everSince(attempts.toldBeforeLast, asOf -> isMarked(mark, asOf) == adds);
    if (!happened) {
      add(Rule.NOTHING_LOST, mark.id(), mark.target(), mark + " was confirmed and is not so");
    }
  }

  private boolean isMarked(Event.Marks mark, long asOf) {
    Marks marks = log.marksAt(mark.target(), asOf, mark.person());
    return mark.kind().equals(LogEntry.PINNED) || mark.kind().equals(LogEntry.UNPINNED)
        ? !marks.pinnedBy().isEmpty()
        : marks.reactions().stream()
            .anyMatch(each -> each.mine() && each.emoji().equals(mark.emoji()));
  }

  private void refused(Event.Refused answer) {
    Attempts attempts = wanted.get(new MessageId(answer.person(), answer.id()));
    if (attempts == null) {
      return;
    }
    attempts.refused++;
    long target = attempts.mark.target();
    LogEntry message = log.at(target);
    boolean reason =
        switch (answer.problem()) {
          case "message-not-found" -> message == null || !message.isMessage();
          case "message-deleted" -> log.isDeleted(target);
          case "too-many-reactions" ->
              everSince(
                  attempts.toldBeforeLast,
                  asOf -> log.marksAt(target, asOf, "").reactions().size() >= EMOJI_MAX);
          case "too-many-pins" ->
              everSince(attempts.toldBeforeLast, asOf -> log.pinsAt(asOf).size() >= PINS_MAX);
          default -> true;
        };
    if (!reason) {
      String sentence = answer + " but the log has " + message;
      add(Rule.REFUSED_FOR_A_REASON, answer.id(), target, sentence);
    }
  }

  private boolean everSince(long seq, LongPredicate condition) {
    return LongStream.rangeClosed(seq, log.last()).anyMatch(condition);
  }

  private void checkWanted(LogEntry entry) {
    List<Attempts> of = wanted.values().stream().filter(each -> each.isOf(entry)).toList();
    String id = of.isEmpty() ? "" : of.getFirst().mark.id();
    if (of.isEmpty()) {
      add(Rule.NOTHING_INVENTED, id, entry.seq(), "nobody wanted " + entry);
    } else if (of.stream().allMatch(each -> each.refused == each.attempts)) {
      add(Rule.NOTHING_REFUSED, id, entry.seq(), "each attempt was refused, but it is " + entry);
    } else if (of.stream().allMatch(each -> entry.seq() <= each.toldBefore)) {
      String sentence = of.getFirst().toldBefore + " was there before somebody wanted " + entry;
      add(Rule.ORDER_OF_TIME, id, entry.seq(), sentence);
    }
  }

  /// Answers to what nobody asked for are the clients' fault, not the service's.
  private Attempts of(String person, String id) {
    return Objects.requireNonNull(wanted.get(new MessageId(person, id)), id);
  }

  private void add(Rule rule, String id, long seq, String sentence) {
    violations.add(Violation.of(rule, log.room, sentence).aboutMessage(id).about(0, seq));
  }
}
