package io.tercet.files.chat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file was stored in a room. It is sent until chat-service has answered, with one `eventId`.
/// `version` is missing in an event that an older file-service left behind.
public record FileEvent(
    UUID eventId,
    UUID roomId,
    UUID personId,
    UUID fileId,
    @Nullable Integer version,
    String path,
    Content content) {

  /// The content of the file; `size` in bytes.
  public record Content(long size, String sha256, String mediaType) {}

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
