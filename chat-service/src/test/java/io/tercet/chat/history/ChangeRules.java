package io.tercet.chat.history;

import io.tercet.chat.history.RoomLog.MessageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of the edits and deletions that clients sent into one room.
final class ChangeRules {

  private static final int EDITS_MAX = 100;

  private final RoomLog log;
  private final List<Violation> violations;
  private final Map<MessageId, Change> changes = new HashMap<>();

  /// The newest `seq` that anybody was told of, at this place in the history.
  private long told;

  /// An edit, or a deletion if there is no text, and its attempts. `toldBefore` is the newest `seq`
  /// that anybody was told of before the first attempt.
  private static final class Change {
    final MessageId id;
    final long target;
    final @Nullable String text;
    final @Nullable Long version;
    final long toldBefore;
    int attempts;
    int refused;
    int logged;

    Change(
        MessageId id, long target, @Nullable String text, @Nullable Long version, long toldBefore) {
      this.id = id;
      this.target = target;
      this.text = text;
      this.version = version;
      this.toldBefore = toldBefore;
    }

    boolean isRefused() {
      return refused == attempts;
    }
  }

  ChangeRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.Edits(var person, _, var id, long target, var text, var version) ->
            attempt(new MessageId(person, id), target, text, version);
        case Event.Deletes(var person, _, var id, long target) ->
            attempt(new MessageId(person, id), target, null, null);
        case Event.Edited answer -> edited(answer);
        case Event.Deleted answer -> deleted(answer);
        case Event.Refused answer -> refused(answer);
        default -> {}
      }
      told = Math.max(told, log.told(event));
    }
    log.entries.stream().filter(LogEntry::isChange).forEach(this::checkLogged);
  }

  private void attempt(MessageId id, long target, @Nullable String text, @Nullable Long version) {
    changes.computeIfAbsent(id, key -> new Change(key, target, text, version, told)).attempts++;
  }

  private void edited(Event.Edited answer) {
    Change edit = of(answer.person(), answer.id());
    List<LogEntry> written =
        log.editsOf(edit.target).headMap(answer.now().version(), true).values().stream()
            .filter(entry -> isOf(edit, entry))
            .toList();
    if (written.isEmpty() || answer.now().seq() != edit.target) {
      add(Rule.NOTHING_LOST, edit, edit.target, answer + " but the log does not have it");
    } else if (written.stream().noneMatch(entry -> followsItsVersion(edit, entry))) {
      add(Rule.VERSION_NAMED, edit, edit.target, answer + " but the log has " + written);
    }
  }

  private void deleted(Event.Deleted answer) {
    if (!log.isDeleted(answer.target())) {
      Change deletion = of(answer.person(), answer.id());
      add(Rule.NOTHING_LOST, deletion, answer.target(), answer + " but the log does not have it");
    }
  }

  private void refused(Event.Refused answer) {
    Change change = changes.get(new MessageId(answer.person(), answer.id()));
    if (change == null) {
      return;
    }
    change.refused++;
    LogEntry message = log.at(change.target);
    boolean reason =
        switch (answer.problem()) {
          case "message-not-found" -> message == null || !message.isMessage();
          case "message-deleted" -> log.isDeleted(change.target);
          case "author-only" -> message != null && !change.id.person().equals(message.person());
          case "too-many-edits" -> log.editsOf(change.target).size() >= EDITS_MAX;
          case "precondition-failed" ->
              change.version != null
                  && log.versionAt(change.target, Long.MAX_VALUE) != change.version;
          default -> true;
        };
    if (!reason) {
      add(Rule.REFUSED_FOR_A_REASON, change, change.target, answer + " but the log has " + message);
    }
  }

  private void checkLogged(LogEntry entry) {
    List<Change> sent = changes.values().stream().filter(change -> isOf(change, entry)).toList();
    if (sent.isEmpty()) {
      violations.add(
          Violation.of(Rule.NOTHING_INVENTED, log.room, "nobody sent " + entry)
              .about(0, entry.seq()));
      return;
    }
    Change first = sent.getFirst();
    if (sent.stream().allMatch(Change::isRefused)) {
      add(Rule.NOTHING_REFUSED, first, entry.seq(), "each attempt was refused, but it is " + entry);
    } else if (sent.stream().allMatch(change -> entry.seq() <= change.toldBefore)) {
      String sentence = first.toldBefore + " was there before somebody sent " + entry;
      add(Rule.ORDER_OF_TIME, first, entry.seq(), sentence);
    }
    if (sent.size() == 1 && entry.isEdit()) {
      checkLogged(first, entry);
    }
  }

  /// An edit of which it is certain who sent it.
  private void checkLogged(Change edit, LogEntry entry) {
    if (!followsItsVersion(edit, entry)) {
      add(Rule.VERSION_NAMED, edit, entry.seq(), entry + " was to replace " + edit.version);
    }
    LogEntry before = log.original(log.versionAt(entry.target(), entry.seq() - 1));
    boolean repeats = before != null && !before.isBlank() && edit.text.equals(before.text());
    edit.logged++;
    if (repeats || (edit.logged > edit.attempts - edit.refused && !edit.isRefused())) {
      add(Rule.NOTHING_TWICE, edit, entry.seq(), "the log has it once more: " + entry);
    }
  }

  private boolean followsItsVersion(Change edit, LogEntry entry) {
    return edit.version == null || edit.version == log.versionAt(edit.target, entry.seq() - 1);
  }

  /// Whether an entry may come from a change.
  private boolean isOf(Change change, LogEntry entry) {
    return change.target == entry.target()
        && change.id.person().equals(entry.person())
        && (change.text == null
            ? entry.isDeletion()
            : entry.isEdit() && log.mayHaveHadText(entry, change.text));
  }

  /// Answers to what nobody sent are the clients' fault, not the service's.
  private Change of(String person, String id) {
    return Objects.requireNonNull(changes.get(new MessageId(person, id)), id);
  }

  private void add(Rule rule, Change change, long seq, String sentence) {
    violations.add(
        Violation.of(rule, log.room, sentence).aboutMessage(change.id.id()).about(0, seq));
  }
}
