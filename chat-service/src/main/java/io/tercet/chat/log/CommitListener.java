package io.tercet.chat.log;

import java.util.List;

/// Learns what was committed. The log writer calls it on its own thread, for each room in the order
/// of `seq`, before it answers the callers. It must not block.
@FunctionalInterface
public interface CommitListener {

  /// The new entries of one room, ascending, without a gap.
  void committed(RoomId roomId, List<Entry> entries);
}
