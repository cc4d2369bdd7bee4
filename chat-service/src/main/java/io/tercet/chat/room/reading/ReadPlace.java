package io.tercet.chat.room.reading;

/// Up to where a person has read the log of a room.
public record ReadPlace(Reader reader, long seq) {}
