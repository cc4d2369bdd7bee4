package io.tercet.chat.log;

import java.util.List;

/// Reads the log of a room. The caller checks who may read it. Threading: any thread.
public interface LogReader {

  /// At most `limit` entries with `seq > after`, ascending.
  List<Entry> after(RoomId roomId, long after, int limit);

  /// At most `limit` entries with `seq < before`, the newest of them, ascending.
  List<Entry> before(RoomId roomId, long before, int limit);
}
