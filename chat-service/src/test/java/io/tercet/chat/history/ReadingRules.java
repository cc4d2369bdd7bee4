package io.tercet.chat.history;

import io.tercet.chat.history.RoomLog.MessageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// What clients of one room were shown as it was at some moment, and what they keep at the end.
final class ReadingRules {

  private final RoomLog log;
  private final List<Violation> violations;
  private final Map<Integer, Reading> readings = new HashMap<>();

  /// The newest `seq` that anybody was told of before the newest attempt of an edit.
  private final Map<MessageId, Long> edits = new HashMap<>();

  /// The newest `seq` that anybody was told of, at this place in the history.
  private long told;

  /// A request. `toldBefore` is the newest `seq` that anybody was told of before it.
  private record Reading(int number, String person, long toldBefore) {}

  ReadingRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.Edits(var person, _, var id, _, _, _) ->
            edits.put(new MessageId(person, id), told);
        case Event.Edited(var person, _, var id, var now) ->
            checkShown(new Reading(0, person, edits.get(new MessageId(person, id))), now);
        case Event.Reads(int number, var person, _) ->
            readings.put(number, new Reading(number, person, told));
        case Event.Read read -> read(read);
        case Event.ReadPins pins -> readPins(pins);
        case Event.ReadReplies replies -> readReplies(replies);
        case Event.Kept kept -> kept(kept);
        default -> {}
      }
      told = Math.max(told, log.told(event));
    }
  }

  private void read(Event.Read read) {
    Reading reading = Objects.requireNonNull(readings.get(read.reading()));
    List<Long> places =
        log.entries.stream()
            .filter(LogEntry::isShown)
            .map(LogEntry::seq)
            .filter(seq -> seq >= read.from() && seq <= read.to())
            .toList();
    List<Long> shown = read.entries().stream().map(ShownEntry::seq).toList();
    if (!shown.equals(places)) {
      add(Rule.SHOWN_AS_LOGGED, reading, read.to(), "shows " + shown + ", not " + places);
    }
    if (read.last() != 0 && read.last() < reading.toldBefore) {
      String sentence = "says that the last is " + read.last() + ", not " + reading.toldBefore;
      add(Rule.NOTHING_STALE, reading, reading.toldBefore, sentence);
    }
    long newest = log.told(read);
    if (!log.isMemberSince(reading.person, newest)) {
      String sentence = reading.person + " was no member and was shown what came by " + newest;
      add(Rule.MEMBERS_ONLY, reading, newest, sentence);
    }
    checkQuoted(reading, read);
    read.entries().forEach(entry -> checkShown(reading, entry));
    read.quoted().forEach(entry -> checkShown(reading, entry));
  }

  /// What the messages of a page answer, and the page does not have.
  private void checkQuoted(Reading reading, Event.Read read) {
    Set<Long> answered = new TreeSet<>();
    for (ShownEntry shown : read.entries()) {
      long target = shown.entry().isMessage() ? shown.entry().target() : 0;
      if (target != 0 && target < read.from()) {
        answered.add(target);
      }
    }
    List<Long> quoted = read.quoted().stream().map(ShownEntry::seq).sorted().toList();
    if (!quoted.equals(List.copyOf(answered))) {
      String sentence = "quotes " + quoted + ", and its messages answer " + answered;
      add(Rule.SHOWN_AS_LOGGED, reading, read.from(), sentence);
    }
  }

  private void readPins(Event.ReadPins pins) {
    Reading reading = Objects.requireNonNull(readings.get(pins.reading()));
    List<Long> shown = pins.entries().stream().map(ShownEntry::seq).toList();
    boolean logged =
        LongStream.rangeClosed(reading.toldBefore, log.last())
            .anyMatch(asOf -> log.pinsAt(asOf).equals(shown));
    if (!logged) {
      String sentence = "no newer log than " + reading.toldBefore + " has the pins " + shown;
      add(Rule.SHOWN_AS_LOGGED, reading, reading.toldBefore, sentence);
    }
    pins.entries().forEach(entry -> checkShown(reading, entry));
  }

  /// Every answer that was there at one moment, once, ascending; without the last ones if there are
  /// more. [#checkMarks] counts the same answers.
  private void readReplies(Event.ReadReplies replies) {
    Reading reading = Objects.requireNonNull(readings.get(replies.reading()));
    List<Long> shown = replies.entries().stream().map(ShownEntry::seq).toList();
    boolean logged =
        LongStream.rangeClosed(reading.toldBefore, log.last())
            .filter(
                asOf -> replies.entries().stream().allMatch(each -> each.marks().asOf() == asOf))
            .anyMatch(asOf -> isPage(shown, replies, asOf));
    if (!logged) {
      String sentence =
          "no newer log than %d has the answers %s to %d behind %d"
              .formatted(reading.toldBefore, shown, replies.target(), replies.after());
      add(Rule.SHOWN_AS_LOGGED, reading, reading.toldBefore, sentence);
    }
    long newest = log.told(replies);
    if (!log.isMemberSince(reading.person, newest)) {
      String sentence = reading.person + " was no member and was shown the answers by " + newest;
      add(Rule.MEMBERS_ONLY, reading, newest, sentence);
    }
    replies.entries().forEach(entry -> checkShown(reading, entry));
  }

  private boolean isPage(List<Long> shown, Event.ReadReplies replies, long asOf) {
    List<Long> all =
        log.repliesAt(replies.target(), asOf).stream()
            .filter(seq -> seq > replies.after())
            .toList();
    return replies.more()
        ? shown.size() < all.size() && shown.equals(all.subList(0, shown.size()))
        : shown.equals(all);
  }

  private void checkShown(Reading reading, ShownEntry shown) {
    long seq = shown.seq();
    if (!isOfTheLog(shown)) {
      add(Rule.SHOWN_AS_LOGGED, reading, seq, shown + " was never in the log");
    } else if (!shown.deleted() && log.deletionOf(seq) <= reading.toldBefore) {
      add(Rule.NOTHING_OF_DELETED, reading, seq, "shows what was known to be deleted: " + shown);
    } else if (shown.version() < log.versionAt(seq, reading.toldBefore)) {
      String sentence = "shows an older version than what was known: " + shown;
      add(Rule.NOTHING_STALE, reading, seq, sentence);
    } else if (shown.entry().isMessage()) {
      checkMarks(reading, shown);
    }
  }

  /// A message is shown as all of it was at one moment.
  private void checkMarks(Reading reading, ShownEntry shown) {
    long seq = shown.seq();
    Marks marks = shown.marks();
    Marks logged = log.marksAt(seq, marks.asOf(), reading.person);
    if (marks.asOf() < reading.toldBefore) {
      String sentence = "is as of " + marks.asOf() + ", not " + reading.toldBefore;
      add(Rule.NOTHING_STALE, reading, reading.toldBefore, sentence);
    } else if (marks.asOf() > log.last()
        || shown.version() != log.versionAt(seq, marks.asOf())
        || shown.deleted() != log.deletionOf(seq) <= marks.asOf()
        || !marks.equals(logged)) {
      String sentence = "shows " + shown + "; the log of then has " + logged;
      add(Rule.SHOWN_AS_LOGGED, reading, seq, sentence);
    }
  }

  /// Whether the log had an entry in this form at some moment.
  private boolean isOfTheLog(ShownEntry shown) {
    LogEntry entry = log.at(shown.seq());
    LogEntry version = log.original(shown.version());
    if (entry == null
        || version == null
        || !shown.entry().withText(null).equals(entry.withText(null))
        || shown.version() != log.versionAt(shown.seq(), shown.version())) {
      return false;
    }
    return shown.deleted()
        ? log.isDeleted(shown.seq())
            && shown.version() == log.versionAt(shown.seq(), Long.MAX_VALUE)
            && "".equals(shown.entry().text())
        : Objects.equals(shown.entry().text(), version.text()) && !shown.entry().isBlank();
  }

  private void kept(Event.Kept kept) {
    List<ShownEntry> logged = timeless(log.shown(kept.from(), kept.person()));
    List<ShownEntry> entries = timeless(kept.entries());
    if (!entries.equals(logged)) {
      List<ShownEntry> wrong = entries.stream().filter(shown -> !logged.contains(shown)).toList();
      List<ShownEntry> missing = logged.stream().filter(shown -> !entries.contains(shown)).toList();
      violations.add(
          Violation.of(
              Rule.ONE_ROOM,
              log.room,
              kept.person() + " keeps " + wrong + ", the log has " + missing));
    }
  }

  /// Entries, whenever all this was so.
  private static List<ShownEntry> timeless(List<ShownEntry> entries) {
    return entries.stream().map(shown -> shown.with(shown.marks().at(0))).toList();
  }

  private void add(Rule rule, Reading reading, long seq, String sentence) {
    String who =
        reading.number == 0
            ? "the answer to " + reading.person + ": "
            : "reading " + reading.number + ": ";
    violations.add(Violation.of(rule, log.room, who + sentence).about(reading.number, seq));
  }
}
