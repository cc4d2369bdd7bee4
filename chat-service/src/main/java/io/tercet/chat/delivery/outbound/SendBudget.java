package io.tercet.chat.delivery.outbound;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts the bytes that wait to be sent, against a bound. A share counts within a whole.
///
/// Bytes that connections share count for each of them: a connection that is slow gets a copy in
/// the end. So less memory is held than is counted.
///
/// - Bounds: how much may wait in all before a claim is refused depends on the claim. Those who
///   have read everything are served longest.
/// - Threading: any thread; no lock.
public final class SendBudget {

  private static final int QUARTERS = 4;

  private final long bytesMax;
  private final @Nullable SendBudget whole;
  private final AtomicLong used = new AtomicLong();

  /// What bytes are for. `FIRST` means that nothing else waits for their connection.
  public enum Claim {
    MORE_ENTRIES(3),
    FIRST_ENTRIES(4),
    MORE_ANSWERS(4),
    FIRST_ANSWER(5);

    private final int quarters;

    Claim(int quarters) {
      this.quarters = quarters;
    }
  }

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

  /// Counts bytes if there is room for them.
  public boolean tryAdd(long bytes, Claim claim) {
    if (used.addAndGet(bytes) <= limit(claim) && (whole == null || whole.tryAdd(bytes, claim))) {
      return true;
    }
    used.addAndGet(-bytes);
    return false;
  }

  /// Whether [#tryAdd] would find room now.
  public boolean fits(long bytes, Claim claim) {
    return used.get() + bytes <= limit(claim) && (whole == null || whole.fits(bytes, claim));
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

  /// Above this, a connection that does not keep up gets no more entries.
  public long high() {
    return limit(Claim.MORE_ENTRIES);
  }

  /// The bound.
  public long bytesMax() {
    return bytesMax;
  }

  private long limit(Claim claim) {
    return bytesMax / QUARTERS * claim.quarters;
  }
}
