package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a client keeps of a room from the place `from` on, by the rule of the contract: entries of
/// the log and pages with entries as they are now come in any order and as often as they come.
///
/// Threading: whoever has it guards it.
public final class RoomView {

  private final String reader;
  private final long from;
  private final TreeMap<Long, ShownEntry> entries = new TreeMap<>();

  /// The newest `seq` of the entries that came; all before it that concern what is kept came, too.
  private long heard;

  /// A client of a person that reads the log from its start.
  public RoomView(String reader) {
    this(reader, 1);
  }

  /// A client of a person that begins with a page.
  public RoomView(String reader, long from) {
    this.reader = reader;
    this.from = from;
  }

  /// The first place of the log that it has.
  public long from() {
    return from;
  }

  /// An entry of the log came.
  public void add(LogEntry entry) {
    heard = Math.max(heard, entry.seq());
    if (entry.isMessage() && entry.target() != 0) {
      count(entry.target(), entry, 1);
    }
    if (entry.isShown() && entry.seq() >= from) {
      entries.merge(entry.seq(), ShownEntry.of(entry), ShownEntry::merge);
    }
    if (entry.isChange() || entry.isMark()) {
      count(entry.target(), entry, 0);
    }
    if (entry.isChange()) {
      change(entry);
    }
  }

  private void change(LogEntry entry) {
    ShownEntry shown = entries.get(entry.target());
    if (shown == null) {
      return;
    }
    if (entry.isDeletion() && shown.entry().target() != 0) {
      count(shown.entry().target(), entry, -1);
    }
    ShownEntry changed =
        entry.isEdit()
            ? new ShownEntry(
                shown.entry().withText(entry.text()), entry.seq(), false, shown.marks())
            : new ShownEntry(shown.entry(), shown.version(), true, shown.marks());
    entries.put(entry.target(), shown.merge(changed));
  }

  private void count(long message, LogEntry entry, int replyChange) {
    entries.computeIfPresent(
        message, (seq, shown) -> shown.with(shown.marks().then(entry, reader, replyChange)));
  }

  /// A page came. What it counted before the newest entry that came says nothing new.
  public void addAll(List<ShownEntry> page) {
    page.stream()
        .filter(shown -> shown.seq() >= from)
        .forEach(shown ->
            entries.merge(
                shown.seq(),
                shown,
                (kept, read) ->
                    kept.merge(read.marks().asOf() < heard ? read.with(kept.marks()) : read)));
  }

  /// The messages, ascending.
  public List<ShownEntry> messages() {
    return entries.values().stream().filter(shown -> shown.entry().isMessage()).toList();
  }

  /// The entries, ascending.
  public List<ShownEntry> entries() {
    return new ArrayList<>(entries.values());
  }
}
