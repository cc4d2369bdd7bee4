package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a client keeps of a room from the place `from` on, by the rule of the contract: entries of
/// the log and pages with entries as they are now come in any order and as often as they come.
///
/// Threading: whoever has it guards it.
public final class RoomView {

  private final long from;
  private final TreeMap<Long, ShownEntry> entries = new TreeMap<>();

  /// A client that reads the log from its start.
  public RoomView() {
    this(1);
  }

  /// A client that begins with a page.
  public RoomView(long from) {
    this.from = from;
  }

  /// The first place of the log that it has.
  public long from() {
    return from;
  }

  /// An entry of the log came.
  public void add(LogEntry entry) {
    if (!entry.isChange()) {
      addAll(List.of(ShownEntry.of(entry)));
      return;
    }
    entries.computeIfPresent(
        entry.target(),
        (seq, shown) -> {
          ShownEntry changed =
              entry.isEdit()
                  ? new ShownEntry(shown.entry().withText(entry.text()), entry.seq(), false)
                  : new ShownEntry(shown.entry(), shown.version(), true);
          return shown.merge(changed);
        });
  }

  /// A page came.
  public void addAll(List<ShownEntry> page) {
    page.stream()
        .filter(shown -> shown.seq() >= from)
        .forEach(shown -> entries.merge(shown.seq(), shown, ShownEntry::merge));
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
