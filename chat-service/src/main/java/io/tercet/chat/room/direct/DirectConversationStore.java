package io.tercet.chat.room.direct;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.time.Instant;
import java.util.Optional;

/// Stores which direct conversations there are. What is written in them is the log's.
public interface DirectConversationStore {

  /// A conversation that was opened, or was there already.
  record Opened(RoomId roomId, boolean isNew) {}

  /// The conversation of these people, if this one is a member.
  Optional<RoomId> find(DirectPeople people, PersonId member);

  /// Makes the opener a member of the conversation of these people, and makes that first if there
  /// is none. Throws a [io.tercet.chat.problem.ProblemException]: `person-not-found` if the opener
  /// shares no room with one of the others, `messages-blocked` or `too-many-conversations`.
  Opened open(DirectPeople people, PersonId opener, Instant now);
}
