package io.tercet.http.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A stream with deadlines: one for each read, and one for all of them together.
///
/// - Errors: `HttpTimeoutException` past a deadline; the caller closes the stream as usual.
/// - Threading: confined. A source must allow another thread to close it during a read, and must
///   end the read then.
final class DeadlineInputStream extends InputStream {
  private final InputStream source;
  private final long readNanosMax;
  private final long wholeNanosMax;
  private final long from = System.nanoTime();

  DeadlineInputStream(InputStream source, long readNanosMax, long wholeNanosMax) {
    this.source = source;
    this.readNanosMax = readNanosMax;
    this.wholeNanosMax = wholeNanosMax;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    long left = Math.min(readNanosMax, wholeNanosMax - (System.nanoTime() - from));
    if (left <= 0) {
      throw late();
    }
    CompletableFuture<Boolean> inTime = new CompletableFuture<>();
    inTime.completeOnTimeout(false, left, TimeUnit.NANOSECONDS);
    var _ = inTime.thenAccept(this::endUnless);
    try {
      int read = source.read(into, offset, length);
      if (!inTime.complete(true)) {
        throw late();
      }
      return read;
    } catch (IOException failure) {
      throw inTime.complete(true) ? failure : late();
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void endUnless(boolean inTime) {
    if (!inTime) {
      try {
        source.close();
      } catch (IOException _) {
        // Nobody wants it any more.
      }
    }
  }

  private static HttpTimeoutException late() {
    return new HttpTimeoutException("a content comes too slowly");
  }
}
