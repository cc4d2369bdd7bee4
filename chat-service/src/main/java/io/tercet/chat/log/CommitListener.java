package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.List;

/// Learns what was committed, whoever asked and whether or not they still wait. The log writer
/// calls it before it answers the callers, one call at a time, for each room in the order of `seq`.
/// It must not block.
@FunctionalInterface
public interface CommitListener {

  /// The new entries of one room, ascending, without a gap.
  void committed(RoomId roomId, List<Entry> entries);

  /// People became members by what others wrote, which is announced already.
  default void admitted(Collection<PersonId> people) {}
}
