package io.tercet.chat.room;

/// A room in a list, and its place there.
public record ListedRoom(Room room, RoomCursor cursor) {}
