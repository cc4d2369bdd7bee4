package io.tercet.chat.room;

import io.tercet.chat.people.PersonId;
import org.jspecify.annotations.Nullable;

/// What a member of a room is there.
public enum Role {
  /// Created the room.
  OWNER,
  MEMBER;

  /// The role of a member of a room that this person created; nobody created the default room.
  public static Role ofMember(PersonId member, @Nullable String creatorId) {
    return member.toString().equals(creatorId) ? OWNER : MEMBER;
  }
}
