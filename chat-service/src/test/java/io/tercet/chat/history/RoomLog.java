package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The log of one room, as the database has it, and what follows from it. The texts of deleted
/// messages, which the database no longer has, are those that clients got.
final class RoomLog {

  /// The deletion of a message that is not deleted.
  static final long NEVER = Long.MAX_VALUE;

  /// A message's sender and the id that the sender chose.
  record MessageId(String person, String id) {}

  final String room;
  final List<LogEntry> entries;
  private final Map<Long, LogEntry> bySeq = new HashMap<>();
  private final Map<String, TreeMap<Long, Boolean>> memberships = new HashMap<>();
  private final Map<Long, TreeMap<Long, LogEntry>> edits = new HashMap<>();
  private final Map<Long, Long> deletions = new HashMap<>();
  private final Map<Long, List<LogEntry>> marks = new HashMap<>();
  private final Map<Long, List<LogEntry>> replies = new HashMap<>();
  private final Map<Long, String> heardTexts = new HashMap<>();

  RoomLog(String room, List<LogEntry> entries, List<Event> events) {
    this.room = room;
    this.entries = entries;
    for (LogEntry entry : entries) {
      bySeq.putIfAbsent(entry.seq(), entry);
      if (entry.isMessage() && entry.target() != 0) {
        replies.computeIfAbsent(entry.target(), seq -> new ArrayList<>()).add(entry);
      }
      if (entry.isMark()) {
        marks.computeIfAbsent(entry.target(), seq -> new ArrayList<>()).add(entry);
      } else if (entry.isEdit()) {
        edits.computeIfAbsent(entry.target(), seq -> new TreeMap<>()).put(entry.seq(), entry);
      } else if (entry.isDeletion()) {
        deletions.putIfAbsent(entry.target(), entry.seq());
      } else if (entry.isMembershipOf(entry.person())) {
        memberships
            .computeIfAbsent(entry.person(), person -> new TreeMap<>())
            .put(entry.seq(), entry.kind().equals(LogEntry.JOINED));
      }
    }
    events.forEach(this::learnTexts);
  }

  private void learnTexts(Event event) {
    switch (event) {
      case Event.Heard heard -> learnText(heard.entry().seq(), heard.entry().text());
      case Event.Edited edited -> learnText(edited.now().version(), edited.now().entry().text());
      case Event.Read read -> read.entries().forEach(this::learnText);
      case Event.ReadPins pins -> pins.entries().forEach(this::learnText);
      case Event.ReadReplies replies -> replies.entries().forEach(this::learnText);
      default -> {}
    }
  }

  private void learnText(ShownEntry shown) {
    learnText(shown.version(), shown.entry().text());
  }

  private void learnText(long seq, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      heardTexts.putIfAbsent(seq, text);
    }
  }

  long last() {
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  @Nullable LogEntry at(long seq) {
    return bySeq.get(seq);
  }

  /// The entry with the text that it had first. The text stays blank if nobody ever got it.
  @Nullable LogEntry original(long seq) {
    LogEntry entry = bySeq.get(seq);
    return entry != null && entry.isBlank() && heardTexts.containsKey(seq)
        ? entry.withText(heardTexts.get(seq))
        : entry;
  }

  /// Whether this was the text of an entry: certain unless it was deleted before anybody got it.
  boolean mayHaveHadText(LogEntry entry, String text) {
    LogEntry original = original(entry.seq());
    return original != null
        && (text.equals(original.text()) || (original.isBlank() && isDeleted(messageOf(original))));
  }

  /// The message that an entry is or concerns; 0 if there is none.
  long messageOf(LogEntry entry) {
    return entry.isMessage() ? entry.seq() : entry.target();
  }

  boolean isDeleted(long message) {
    return deletions.containsKey(message);
  }

  /// The `seq` of the deletion of a message; [#NEVER] if nobody deleted it.
  long deletionOf(long message) {
    return deletions.getOrDefault(message, NEVER);
  }

  /// The edits of a message by their `seq`.
  NavigableMap<Long, LogEntry> editsOf(long message) {
    return edits.getOrDefault(message, new TreeMap<>());
  }

  /// The `seq` of the text that a message had when `seq` was the newest entry.
  long versionAt(long message, long seq) {
    Long edit = editsOf(message).floorKey(seq);
    return edit == null ? message : edit;
  }

  /// What the log says of its places from `from` on, as they are now for a person.
  List<ShownEntry> shown(long from, String reader) {
    List<ShownEntry> shown = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (entry.seq() < from || !entry.isShown()) {
        continue;
      }
      long version = versionAt(entry.seq(), Long.MAX_VALUE);
      boolean deleted = isDeleted(entry.seq());
      String text = deleted ? "" : bySeq.get(version).text();
      shown.add(
          new ShownEntry(
              entry.isMessage() ? entry.withText(text) : entry,
              version,
              deleted,
              marksAt(entry.seq(), last(), reader)));
    }
    return shown;
  }

  /// What a message has beside its text for a person once `asOf` was the newest `seq`: counted
  /// from nothing, entry by entry.
  Marks marksAt(long message, long asOf, String reader) {
    Marks counted = Marks.none(0);
    for (LogEntry mark : marksOf(message)) {
      if (mark.seq() <= asOf) {
        counted = counted.then(mark, reader, 0);
      }
    }
    boolean deleted = deletionOf(message) <= asOf;
    return new Marks(
        asOf,
        deleted ? List.of() : counted.reactions(),
        repliesAt(message, asOf).size(),
        deleted ? "" : counted.pinnedBy());
  }

  /// The messages that answered one and were not deleted once `asOf` was the newest `seq`.
  List<Long> repliesAt(long message, long asOf) {
    return replies.getOrDefault(message, List.of()).stream()
        .map(LogEntry::seq)
        .filter(seq -> seq <= asOf && deletionOf(seq) > asOf)
        .toList();
  }

  /// The entries that put marks to a message, and take them away.
  List<LogEntry> marksOf(long message) {
    return marks.getOrDefault(message, List.of());
  }

  /// The pinned messages once `asOf` was the newest `seq`, the newest pin first.
  List<Long> pinsAt(long asOf) {
    LinkedHashSet<Long> pins = new LinkedHashSet<>();
    for (LogEntry entry : entries) {
      if (entry.seq() <= asOf && (entry.isPin() || entry.isDeletion())) {
        pins.remove(entry.target());
        if (entry.isAddition()) {
          pins.addFirst(entry.target());
        }
      }
    }
    return List.copyOf(pins);
  }

  /// The newest `seq` that is in the log for certain once this happened; 0 if that says nothing.
  long told(Event event) {
    return switch (event) {
      case Event.Acknowledged answer -> answer.seq();
      case Event.Heard heard -> heard.entry().seq();
      case Event.Edited answer -> told(answer.now());
      case Event.Deleted answer -> isDeleted(answer.target()) ? deletionOf(answer.target()) : 0;
      case Event.Read read ->
          Math.max(read.last(), read.entries().stream().mapToLong(this::told).max().orElse(0));
      case Event.ReadReplies replies ->
          replies.entries().stream().mapToLong(this::told).max().orElse(0);
      default -> 0;
    };
  }

  private long told(ShownEntry shown) {
    return Math.max(
        shown.marks().asOf(),
        shown.deleted() && isDeleted(shown.seq()) ? deletionOf(shown.seq()) : shown.version());
  }

  /// Whether the log begins with this person.
  boolean isFirst(String person) {
    return !entries.isEmpty() && entries.getFirst().person().equals(person);
  }

  /// Whether a person was a member when `seq` was the newest entry.
  boolean isMember(String person, long seq) {
    Map.Entry<Long, Boolean> change = of(person).floorEntry(seq);
    return change != null && change.getValue();
  }

  /// Whether a person was a member when `seq` was the newest entry, or at any time after it.
  boolean isMemberSince(String person, long seq) {
    return isMember(person, seq) || of(person).tailMap(seq, false).containsValue(true);
  }

  /// The `seq` of the first leaving of a person behind `seq`; the largest number if there is none.
  long leavingAfter(String person, long seq) {
    return of(person).tailMap(seq, false).entrySet().stream()
        .filter(change -> !change.getValue())
        .mapToLong(Map.Entry::getKey)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /// The people who ever joined or left, each with the `seq` of the changes; true is joining.
  Map<String, TreeMap<Long, Boolean>> memberships() {
    return memberships;
  }

  private TreeMap<Long, Boolean> of(String person) {
    return memberships.getOrDefault(person, new TreeMap<>());
  }
}
