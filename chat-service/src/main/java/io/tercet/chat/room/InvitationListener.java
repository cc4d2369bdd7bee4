package io.tercet.chat.room;

import io.tercet.chat.people.PersonId;

/// Learns that an invitation to a person, or of a person, came or ended. It must not block.
@FunctionalInterface
public interface InvitationListener {

  void invitationsChanged(PersonId personId);
}
