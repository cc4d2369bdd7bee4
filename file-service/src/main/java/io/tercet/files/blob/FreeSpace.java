package io.tercet.files.blob;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.File;
import java.nio.file.Path;

/// The free space of a disk above a reserve, in bytes, as it is at each call.
///
/// - Threading: safe.
final class FreeSpace {
  private final File folder;
  private final long reserve;

  FreeSpace(Path folder, long reserve) {
    this.folder = folder.toFile();
    this.reserve = reserve;
  }

  boolean has(long bytes) {
    return folder.getUsableSpace() - bytes >= reserve;
  }

  /// - Errors: `storage-full` if the bytes would use up the reserve.
  void require(long bytes) {
    if (!has(bytes)) {
      throw new ProblemException(ProblemType.STORAGE_FULL, "The disk is nearly full.");
    }
  }
}
