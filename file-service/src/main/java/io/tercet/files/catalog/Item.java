package io.tercet.files.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What stands in a folder.
public sealed interface Item {
  UUID fileId();

  /// Where it stands below its space.
  FilePath path();

  Instant modifiedAt();

  /// Counts from 1; a file's rises with every new content.
  int version();

  /// A folder.
  record Folder(UUID fileId, FilePath path, Instant modifiedAt, int version) implements Item {}

  /// A file with what it holds now.
  record File(UUID fileId, FilePath path, Instant modifiedAt, int version, Content content)
      implements Item {

    /// The entity tag of HTTP: the quoted SHA-256.
    public String etag() {
      return '"' + content.sha256() + '"';
    }
  }

  /// What a version of a file holds; `size` in bytes.
  record Content(String sha256, long size, String mediaType) {}

  /// The item's tag, if it is a file.
  static @Nullable String etagOf(@Nullable Item item) {
    return item instanceof File file ? file.etag() : null;
  }
}
