package io.tercet.files.upload;

import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.quota.Allowance;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The files of one form while they are uploaded; together they count as one upload.
///
/// - Ownership: the code that opened it closes it, also after a failure; that closes every file.
/// - Threading: confined.
public final class Form implements AutoCloseable {
  private final BlobStore blobs;
  private final UploadSettings settings;
  private final Allowance allowance;
  private final LeastRate rate;
  private final Runnable onClose;
  private final List<Named> files = new ArrayList<>();

  Form(
      BlobStore blobs,
      UploadSettings settings,
      Allowance allowance,
      LeastRate rate,
      Runnable onClose) {
    this.blobs = blobs;
    this.settings = settings;
    this.allowance = allowance;
    this.rate = rate;
    this.onClose = onClose;
  }

  record Named(String name, Upload upload) {}

  /// Opens the next file.
  ///
  /// - Errors: `invalid-path` for its name; `too-large` past the number of files in a form.
  public Upload add(String name) {
    String checked = FilePath.newName(name);
    if (files.size() == settings.filesPerRequestMax()) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "A form carries at most " + settings.filesPerRequestMax() + " files.");
    }
    Upload.Bounds bounds = new Upload.Bounds(settings.fileSizeMax().toBytes(), allowance, _ -> {});
    Upload upload = new Upload(blobs.receive(0), bounds, () -> {});
    files.add(new Named(checked, upload));
    return upload;
  }

  /// The body of the form, read no slower than uploads must be: fields and headers count, too.
  public InputStream paced(InputStream body) {
    return new FilterInputStream(body) {
      @Override
      public int read() throws IOException {
        int value = super.read();
        rate.received(value < 0 ? 0 : 1);
        return value;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        rate.received(Math.max(0, count));
        return count;
      }
    };
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
