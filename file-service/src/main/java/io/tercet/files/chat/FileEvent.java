package io.tercet.files.chat;

import java.util.UUID;

/// "This file landed in this room": told until chat-service has answered, under one `eventId`.
public record FileEvent(
    UUID eventId, UUID roomId, UUID personId, UUID fileId, String path, Content content) {

  /// What the file holds; `size` in bytes.
  public record Content(long size, String sha256, String mediaType) {}

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
