package io.tercet.chat.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A file in an entry, as the conversation shows it. `path` is below the room's folder; `size` is
/// in bytes. Old entries have no `version`. `width` and `height` are the pixels of a picture as it
/// is shown.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileReference(
    String fileId,
    @Nullable Integer version,
    String path,
    String name,
    long size,
    String sha256,
    String mediaType,
    @Nullable Integer width,
    @Nullable Integer height) {

  /// A version of a file. No two files of all rooms have the same id.
  public record Id(String fileId, int version) {}

  /// A file of which no pixels are known.
  public FileReference(
      String fileId,
      @Nullable Integer version,
      String path,
      String name,
      long size,
      String sha256,
      String mediaType) {
    this(fileId, version, path, name, size, sha256, mediaType, null, null);
  }
}
