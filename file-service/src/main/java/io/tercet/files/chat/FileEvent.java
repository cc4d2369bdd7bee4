package io.tercet.files.chat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file was stored in a room. It is sent until chat-service has answered, with one `eventId`.
/// `version` is missing in an event that an older file-service left behind. A file that is not
/// `announced` is one of a message, and has a version.
public record FileEvent(
    UUID eventId,
    UUID roomId,
    UUID personId,
    UUID fileId,
    @Nullable Integer version,
    String path,
    Content content,
    boolean announced) {

  /// The content of the file; `size` in bytes, `width` and `height` in pixels.
  public record Content(
      long size,
      String sha256,
      String mediaType,
      @Nullable Integer width,
      @Nullable Integer height) {}

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
