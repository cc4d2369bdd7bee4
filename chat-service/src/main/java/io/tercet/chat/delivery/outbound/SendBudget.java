package io.tercet.chat.delivery.outbound;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts the bytes that wait to be sent, against a bound. A share counts within a whole.
///
/// Bytes that connections share count for each of them: a connection that is slow gets a copy in the
/// end. So less memory is held than is counted.
///
/// - Bounds: above three quarters ([#high]) only connections that keep up get more entries; above
///   the whole bound nobody does. The last quarter is for answers, and for those who keep up.
/// - Threading: any thread; no lock.
public final class SendBudget {

  private final long bytesMax;
  private final @Nullable SendBudget whole;
  private final AtomicLong used = new AtomicLong();

  private SendBudget(long bytesMax, @Nullable SendBudget whole) {
    this.bytesMax = bytesMax;
    this.whole = whole;
  }

  /// A budget of so many bytes.
  public static SendBudget of(long bytesMax) {
    return new SendBudget(bytesMax, null);
  }

  /// A part of this budget with a bound of its own. What it counts, this counts too.
  public SendBudget share(long shareBytesMax) {
    return new SendBudget(shareBytesMax, this);
  }

  /// Counts bytes if there is room for them. `keepsUp` says that nothing else waits for their
  /// connection.
  public boolean tryAdd(long bytes, boolean keepsUp) {
    if (used.addAndGet(bytes) <= limit(keepsUp)
        && (whole == null || whole.tryAdd(bytes, keepsUp))) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /// Whether [#tryAdd] would find room now.
  public boolean fits(long bytes, boolean keepsUp) {
    return used.get() + bytes <= limit(keepsUp) && (whole == null || whole.fits(bytes, keepsUp));
  }

  /// Counts bytes, even past the bound.
  public void add(long bytes) {
    used.addAndGet(bytes);
    if (whole != null) {
      whole.add(bytes);
    }
  }

  /// Takes back what was counted.
  public void remove(long bytes) {
    used.addAndGet(-bytes);
    if (whole != null) {
      whole.remove(bytes);
    }
  }

  /// The bytes that wait.
  public long used() {
    return used.get();
  }

  /// Above this, a connection that does not keep up gets nothing more.
  public long high() {
    return bytesMax / 4 * 3;
  }

  /// The bound.
  public long bytesMax() {
    return bytesMax;
  }

  private long limit(boolean keepsUp) {
    return keepsUp ? bytesMax : high();
  }
}
