package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Reads the log of a room. The caller checks who may read it. Threading: any thread.
public interface LogReader {

  /// At most `limit` entries with `seq > after`, ascending.
  List<Entry> after(RoomId roomId, long after, int limit);

  /// At most `limit` entries with `seq < before`, the newest of them, ascending.
  List<Entry> before(RoomId roomId, long before, int limit);

  /// The entries with `from <= seq <= to` as they are now for this person, ascending, without those
  /// that concern an earlier entry, but with each [Entry.Pinned].
  List<CurrentEntry> current(RoomId roomId, PersonId viewer, long from, long to);

  /// The entries at these places as they are now for this person, ascending; the rest as for a
  /// range. There is one place at least.
  List<CurrentEntry> current(RoomId roomId, PersonId viewer, Collection<Long> seqs);

  /// At most `limit` messages with `seq > after` that answer a message and are not deleted, as they
  /// are now for this person, ascending.
  List<CurrentEntry> replies(RoomId roomId, PersonId viewer, long origin, long after, int limit);

  /// At most `limit` pinned messages as they are now for this person, the newest pin first.
  List<CurrentEntry> pinned(RoomId roomId, PersonId viewer, int limit);

  /// The newest `seq` of each of these rooms.
  Map<RoomId, Long> lastSeqs(Collection<RoomId> roomIds);

  /// Whether other replicas may write to these logs, too.
  boolean isShared();
}
