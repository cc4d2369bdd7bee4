package io.tercet.chat.room.invitation;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.time.Instant;

/// An open invitation of a person to a room: neither accepted, nor declined, nor withdrawn.
public record Invitation(
    PersonId personId, RoomId roomId, String roomName, PersonId inviterId, Instant invitedAt) {}
