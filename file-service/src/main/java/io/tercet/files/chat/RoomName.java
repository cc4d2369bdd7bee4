package io.tercet.files.chat;

import java.util.UUID;

/// A room that somebody is a member of.
public record RoomName(UUID roomId, String name) {}
