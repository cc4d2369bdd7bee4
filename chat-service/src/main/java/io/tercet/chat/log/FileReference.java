package io.tercet.chat.log;

import org.jspecify.annotations.Nullable;

/// A file in an entry, as the conversation shows it. `path` is below the room's folder; `size` is
/// in bytes. Old entries have no `version`.
public record FileReference(
    String fileId,
    @Nullable Integer version,
    String path,
    String name,
    long size,
    String sha256,
    String mediaType) {}
