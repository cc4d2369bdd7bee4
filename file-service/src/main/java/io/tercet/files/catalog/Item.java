package io.tercet.files.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file or a folder in the catalogue.
public sealed interface Item {
  UUID fileId();

  /// Its path below its space.
  FilePath path();

  Instant modifiedAt();

  /// Starts at 1; the version of a file grows with every new content.
  int version();

  /// A folder.
  record Folder(UUID fileId, FilePath path, Instant modifiedAt, int version) implements Item {}

  /// A file with its current content.
  record File(UUID fileId, FilePath path, Instant modifiedAt, int version, Content content)
      implements Item {

    /// The entity tag of HTTP: the quoted SHA-256.
    public String etag() {
      return '"' + content.sha256() + '"';
    }
  }

  /// The content of one version of a file; `size` in bytes. `pixels` are those of a picture, if
  /// they are known.
  record Content(String sha256, long size, String mediaType, @Nullable Pixels pixels) {

    /// A content of which no pixels are known.
    public Content(String sha256, long size, String mediaType) {
      this(sha256, size, mediaType, null);
    }
  }

  /// How wide and high a picture is shown, both at least 1.
  record Pixels(int width, int height) {

    /// Those of two columns; null if they have none.
    public static @Nullable Pixels of(ResultSet row) throws SQLException {
      int width = row.getInt("width");
      return row.wasNull() ? null : new Pixels(width, row.getInt("height"));
    }
  }

  /// The entity tag of a file; null for a folder.
  static @Nullable String etagOf(@Nullable Item item) {
    return item instanceof File file ? file.etag() : null;
  }
}
