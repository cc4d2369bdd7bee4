package io.tercet.chat.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a log means, in the plainest words: tests hold the database and clients against it.
public final class LogModel {

  private LogModel() {}

  /// What [LogReader#current] has to return for a log whose entries are these, from the first on.
  public static List<CurrentEntry> current(List<Entry> log, long from, long to) {
    Map<Long, Entry> edits = new HashMap<>();
    Map<Long, Entry> deletions = new HashMap<>();
    List<Entry> others = new ArrayList<>();
    for (Entry entry : log) {
      switch (entry.content()) {
        case Entry.Edited edited -> edits.put(edited.targetSeq(), entry);
        case Entry.Deleted deleted -> deletions.putIfAbsent(deleted.targetSeq(), entry);
        default -> others.add(entry);
      }
    }
    return others.stream()
        .filter(entry -> entry.seq() >= from && entry.seq() <= to)
        .map(entry -> new CurrentEntry(entry, edits.get(entry.seq()), deletions.get(entry.seq())))
        .toList();
  }
}
