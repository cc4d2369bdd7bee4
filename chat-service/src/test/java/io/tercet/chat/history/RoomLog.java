package io.tercet.chat.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The log of one room, as the database has it, and what follows from it.
final class RoomLog {

  /// A message's sender and the id that the sender chose.
  record MessageId(String person, String id) {}

  final String room;
  final List<LogEntry> entries;
  private final Map<Long, LogEntry> bySeq = new HashMap<>();
  private final Map<String, TreeMap<Long, Boolean>> memberships = new HashMap<>();

  RoomLog(String room, List<LogEntry> entries) {
    this.room = room;
    this.entries = entries;
    for (LogEntry entry : entries) {
      bySeq.putIfAbsent(entry.seq(), entry);
      if (entry.isMembershipOf(entry.person())) {
        memberships
            .computeIfAbsent(entry.person(), person -> new TreeMap<>())
            .put(entry.seq(), entry.kind().equals(LogEntry.JOINED));
      }
    }
  }

  long last() {
    return entries.isEmpty() ? 0 : entries.getLast().seq();
  }

  @Nullable LogEntry at(long seq) {
    return bySeq.get(seq);
  }

  /// Whether a person was a member when `seq` was the newest entry.
  boolean isMember(String person, long seq) {
    Map.Entry<Long, Boolean> change = of(person).floorEntry(seq);
    return change != null && change.getValue();
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
