package io.tercet.files.upload;

import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/// The files of one form while they are uploaded; together they count as one upload.
///
/// - Ownership: the code that opened it closes it, also after a failure; that closes every file.
/// - Threading: confined.
public final class Form implements AutoCloseable {
  private final BlobStore blobs;
  private final UploadSettings settings;
  private final Runnable onClose;
  private final List<Named> files = new ArrayList<>();

  Form(BlobStore blobs, UploadSettings settings, Runnable onClose) {
    this.blobs = blobs;
    this.settings = settings;
    this.onClose = onClose;
  }

  record Named(String name, Upload upload) {}

  /// Opens the next file.
  ///
  /// - Errors: `invalid-path` for its name; `too-large` past the number of files in a form.
  public Upload add(String name) {
    String checked = FilePath.checked(name);
    if (files.size() == settings.filesPerRequestMax()) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "A form carries at most " + settings.filesPerRequestMax() + " files.");
    }
    Upload upload = new Upload(blobs.receive(0), settings.fileSizeMax().toBytes(), () -> {});
    files.add(new Named(checked, upload));
    return upload;
  }

  List<Named> files() {
    return files;
  }

  @Override
  public void close() {
    try {
      files.forEach(file -> file.upload().close());
    } finally {
      onClose.run();
    }
  }
}
