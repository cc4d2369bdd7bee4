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
import org.jspecify.annotations.Nullable;

/// What a log means, in the plainest words: tests hold the database and clients against it.
public final class LogModel {

  private LogModel() {}

  /// What [LogReader#current] has to return for a log whose entries are these, from the first on.
  public static List<CurrentEntry> current(List<Entry> log, PersonId viewer, long from, long to) {
    return current(log, viewer).stream()
        .filter(now -> now.entry().seq() >= from && now.entry().seq() <= to)
        .toList();
  }

  /// The same for [LogReader#replies].
  public static List<CurrentEntry> replies(
      List<Entry> log, PersonId viewer, long origin, long after, int limit) {
    return current(log, viewer).stream()
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
  public static List<CurrentEntry> current(List<Entry> log, PersonId viewer) {
    Map<Long, Entry> edits = new HashMap<>();
    Map<Long, Entry> deletions = new HashMap<>();
    Map<Long, Integer> replies = new HashMap<>();
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
                shown(reactions.getOrDefault(entry.seq(), Map.of()), viewer),
                replies.getOrDefault(entry.seq(), 0),
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
