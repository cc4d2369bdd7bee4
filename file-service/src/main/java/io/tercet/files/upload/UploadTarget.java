package io.tercet.files.upload;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;

/// Where a file will be stored, and the conditions for it. The log of a room has no entry of a file
/// that is not `announced`.
public record UploadTarget(
    Space space, FilePath path, Preconditions preconditions, boolean announced) {

  /// A file that is announced.
  public UploadTarget(Space space, FilePath path, Preconditions preconditions) {
    this(space, path, preconditions, true);
  }
}
