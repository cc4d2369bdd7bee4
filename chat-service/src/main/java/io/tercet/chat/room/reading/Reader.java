package io.tercet.chat.room.reading;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;

/// A person in a room.
public record Reader(PersonId personId, RoomId roomId) {}
