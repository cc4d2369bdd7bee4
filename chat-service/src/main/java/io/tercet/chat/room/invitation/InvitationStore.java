package io.tercet.chat.room.invitation;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores open invitations, and who is blocked from inviting whom. Each method is one transaction.
public interface InvitationStore {

  /// Invites a person, unless an invitation to this room is open already; false if they are a
  /// member. Throws a [ProblemException]: `room-not-found` if the inviter is no member,
  /// `direct-conversation`, `invitations-blocked`, `too-many-invitations`.
  boolean add(RoomId roomId, PersonId inviterId, PersonId personId, Instant now);

  /// The open invitations to a person, newest first.
  List<Invitation> to(PersonId personId);

  /// The open invitations that a person sent to one room, newest first.
  List<Invitation> from(PersonId inviterId, RoomId roomId);

  /// Ends an invitation. Who sent it; empty if there was none.
  Optional<PersonId> end(RoomId roomId, PersonId personId);

  /// Ends an invitation that this person sent; false if there was none.
  boolean withdraw(RoomId roomId, PersonId inviterId, PersonId personId);

  /// Blocks a person from inviting another, and ends their open invitations to them. Throws
  /// `too-many-blocked`.
  void block(PersonId personId, PersonId inviterId, Instant now);

  void unblock(PersonId personId, PersonId inviterId);

  /// Whom a person has blocked, in no order.
  List<PersonId> blockedBy(PersonId personId);
}
