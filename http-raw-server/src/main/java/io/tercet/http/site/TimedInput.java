package io.tercet.http.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Bytes that must come in time: each read within one bound, all of them within another.
///
/// - Errors: `HttpTimeoutException` when they do not; the caller closes it as ever.
/// - Threading: confined; a source must take it when another thread closes it during a read, and
///   end the read.
final class TimedInput extends InputStream {
  private final InputStream source;
  private final long readNanosMax;
  private final long wholeNanosMax;
  private final long from = System.nanoTime();

  TimedInput(InputStream source, long readNanosMax, long wholeNanosMax) {
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
