package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a log means, in the plainest words: tests hold the database and clients against it.
public final class LogModel {

  private LogModel() {}

  /// What [LogReader#current] has to return for a log whose entries are these, from the first on.
  public static List<CurrentEntry> current(List<Entry> log, PersonId viewer, long from, long to) {
    Map<Long, Entry> edits = new HashMap<>();
    Map<Long, Entry> deletions = new HashMap<>();
    Map<Long, Map<String, Set<PersonId>>> reactions = new HashMap<>();
    Map<Long, Entry> pins = new HashMap<>();
    List<Entry> others = new ArrayList<>();
    for (Entry entry : log) {
      switch (entry.content()) {
        case Entry.Edited edited -> edits.put(edited.targetSeq(), entry);
        case Entry.Deleted deleted -> {
          deletions.putIfAbsent(deleted.targetSeq(), entry);
          reactions.remove(deleted.targetSeq());
          pins.remove(deleted.targetSeq());
        }
        case Entry.Reacted(long target, String emoji) ->
            reactions
                .computeIfAbsent(target, _ -> new LinkedHashMap<>())
                .computeIfAbsent(emoji, _ -> new LinkedHashSet<>())
                .add(entry.personId());
        case Entry.Unreacted(long target, String emoji) -> {
          Set<PersonId> people = reactions.get(target).get(emoji);
          people.remove(entry.personId());
          if (people.isEmpty()) {
            reactions.get(target).remove(emoji);
          }
        }
        case Entry.Pinned(long target) -> {
          pins.put(target, entry);
          others.add(entry);
        }
        case Entry.Unpinned(long target) -> pins.remove(target);
        default -> others.add(entry);
      }
    }
    return others.stream()
        .filter(entry -> entry.seq() >= from && entry.seq() <= to)
        .map(entry ->
            new CurrentEntry(
                entry,
                edits.get(entry.seq()),
                deletions.get(entry.seq()),
                shown(reactions.getOrDefault(entry.seq(), Map.of()), viewer),
                pins.get(entry.seq()),
                log.getLast().seq()))
        .toList();
  }

  /// What [LogReader#pinned] has to return.
  public static List<CurrentEntry> pinned(List<Entry> log, PersonId viewer) {
    return current(log, viewer, 0, Long.MAX_VALUE).stream()
        .filter(entry -> entry.pin() != null)
        .sorted(
            Comparator.comparing(
                entry -> Objects.requireNonNull(entry.pin()).seq(), Comparator.reverseOrder()))
        .toList();
  }

  private static List<CurrentEntry.Reaction> shown(
      Map<String, Set<PersonId>> reactions, PersonId viewer) {
    List<CurrentEntry.Reaction> shown = new ArrayList<>();
    reactions.forEach((emoji, people) ->
        shown.add(new CurrentEntry.Reaction(emoji, people.size(), people.contains(viewer))));
    return shown;
  }
}
