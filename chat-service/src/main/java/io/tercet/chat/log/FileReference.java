package io.tercet.chat.log;

/// What the conversation shows of a file. `path` is below the room's folder; `size` is in bytes.
public record FileReference(
    String fileId, String path, String name, long size, String sha256, String mediaType) {}
