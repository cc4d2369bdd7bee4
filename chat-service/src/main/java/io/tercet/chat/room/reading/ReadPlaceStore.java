package io.tercet.chat.room.reading;

import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Keeps the place of each member. The place comes and goes with the membership.
public interface ReadPlaceStore {

  /// Moves places, in one transaction. The future is complete when this returns, unless the
  /// database did not say in time what became of the transaction.
  ///
  /// @param moves at most one for each reader
  CompletableFuture<Written> write(Collection<ReadMove> moves);

  /// The places of these people that moved after these versions, as they are now, in no order.
  List<ReadPlace> movedAfter(Map<PersonId, Long> versions);

  /// What a transaction did.
  ///
  /// @param members those of the readers who are members of the room
  /// @param versions the version of each person of whom a place moved
  record Written(Set<Reader> members, Map<PersonId, Long> versions) {

    public Written {
      members = Set.copyOf(members);
      versions = Map.copyOf(versions);
    }
  }
}
