package io.tercet.files.chat;

import java.util.UUID;

/// A room that a person is a member of.
public record JoinedRoom(UUID roomId, String name) {}
