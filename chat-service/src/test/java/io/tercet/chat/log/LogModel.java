package io.tercet.chat.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a log means, in the plainest words: tests hold the database and clients against it.
public final class LogModel {

  private LogModel() {}

  /// What [LogReader#current] has to return for a log whose entries are these, from the first on.
  public static List<CurrentEntry> current(List<Entry> log, long from, long to) {
    return current(log).stream()
        .filter(now -> now.entry().seq() >= from && now.entry().seq() <= to)
        .toList();
  }

  /// The same for [LogReader#replies].
  public static List<CurrentEntry> replies(List<Entry> log, long origin, long after, int limit) {
    return current(log).stream()
        .filter(now -> now.entry().seq() > after && now.deletion() == null)
        .filter(now -> Objects.equals(replyTo(now.entry()), origin))
        .limit(limit)
        .toList();
  }

  /// The `seq` of the message that an entry answers.
  public static @Nullable Long replyTo(Entry entry) {
    return entry.content() instanceof Entry.Message message ? message.replyTo() : null;
  }

  /// All entries as they are now, ascending.
  public static List<CurrentEntry> current(List<Entry> log) {
    Map<Long, Entry> edits = new HashMap<>();
    Map<Long, Entry> deletions = new HashMap<>();
    Map<Long, Integer> replies = new HashMap<>();
    List<Entry> others = new ArrayList<>();
    for (Entry entry : log) {
      switch (entry.content()) {
        case Entry.Edited edited -> edits.put(edited.targetSeq(), entry);
        case Entry.Deleted deleted -> deletions.putIfAbsent(deleted.targetSeq(), entry);
        default -> others.add(entry);
      }
    }
    for (Entry entry : others) {
      Long origin = replyTo(entry);
      if (origin != null && !deletions.containsKey(entry.seq())) {
        replies.merge(origin, 1, Integer::sum);
      }
    }
    return others.stream()
        .map(entry ->
            new CurrentEntry(
                entry,
                edits.get(entry.seq()),
                deletions.get(entry.seq()),
                replies.getOrDefault(entry.seq(), 0)))
        .toList();
  }
}
