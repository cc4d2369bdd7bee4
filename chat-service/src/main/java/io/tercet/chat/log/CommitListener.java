package io.tercet.chat.log;

import java.util.List;

/// Is told what was committed: called on the log writer's thread, room by room in the order of
/// `seq`, before whoever asked gets their answer. It must not wait for anything.
@FunctionalInterface
public interface CommitListener {

  /// New entries of one room, ascending and without a gap between them.
  void committed(RoomId roomId, List<Entry> entries);
}
