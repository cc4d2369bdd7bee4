package io.tercet.files.upload;

import io.tercet.files.blob.IncomingBlob;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.quota.Allowance;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/// One file while it is uploaded. It is not visible before [Uploads] has committed it.
///
/// - Ownership: the code that opened it closes it, also after a failure.
/// - Threading: confined.
public final class Upload implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  private final IncomingBlob bytes;
  private final Bounds bounds;
  private final Runnable onClose;

  /// What bounds the bytes of an upload: the largest file, the quota, and who hears of each count
  /// of bytes, to end an upload that is too slow.
  record Bounds(long sizeMax, Allowance allowance, IntConsumer pace) {}

  Upload(IncomingBlob bytes, Bounds bounds, Runnable onClose) {
    this.bytes = bytes;
    this.bounds = bounds;
    this.onClose = onClose;
  }

  /// Appends bytes.
  ///
  /// - Errors: `too-large` above the largest size, `quota-exceeded`, `storage-full`, and
  ///   `request-timeout` if too few bytes came in too long a time.
  public void write(byte[] source, int offset, int length) {
    if (bytes.size() + length > bounds.sizeMax()) {
      throw Uploads.tooLarge(bounds.sizeMax());
    }
    bounds.pace().accept(length);
    bounds.allowance().take(length);
    bytes.write(source, offset, length);
  }

  /// Appends all bytes of the stream.
  ///
  /// - Errors: `upload-incomplete` if the stream breaks, and those of [#write].
  public void writeAll(InputStream source) {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = read(source, buffer); n >= 0; n = read(source, buffer)) {
      write(buffer, 0, n);
    }
  }

  private static int read(InputStream source, byte[] buffer) {
    try {
      return source.read(buffer);
    } catch (IOException e) {
      throw ProblemException.causedBy(
          e, ProblemType.UPLOAD_INCOMPLETE, "Nothing was stored: send it again.");
    }
  }

  public long size() {
    return bytes.size();
  }

  IncomingBlob bytes() {
    return bytes;
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } finally {
      onClose.run();
    }
  }
}
