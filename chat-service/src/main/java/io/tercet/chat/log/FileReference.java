package io.tercet.chat.log;

/// A file in an entry, as the conversation shows it. `path` is below the room's folder; `size` is
/// in bytes.
public record FileReference(
    String fileId, String path, String name, long size, String sha256, String mediaType) {}
