package io.tercet.files.ftp.data;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All transfers that are under way. It ends those that move too few bytes.
///
/// - Threading: safe.
public final class Transfers {
  private final Duration period;
  private final long bytesInPeriodMin;
  private final String reason;
  private final Map<Transfer, Period> running = new ConcurrentHashMap<>();

  /// A period that began at `since` nanoseconds with `bytes` bytes already moved.
  private record Period(long since, long bytes) {}

  public Transfers(TransferSettings settings) {
    this.period = settings.idleMax();
    this.bytesInPeriodMin =
        Math.max(1, settings.rateMin().toBytes() * settings.idleMax().toMillis() / 1000);
    this.reason =
        "It moved fewer than " + bytesInPeriodMin + " bytes in " + period.toSeconds() + " s.";
  }

  void add(Transfer transfer, long now) {
    running.put(transfer, new Period(now, 0));
  }

  void remove(Transfer transfer) {
    running.remove(transfer);
  }

  /// Ends each transfer whose period is over and that moved too little in it; `now` as of
  /// [System#nanoTime].
  public void endSlowOnes(long now) {
    running.replaceAll((transfer, began) -> {
      if (now - began.since() < period.toNanos()) {
        return began;
      }
      long bytes = transfer.bytes();
      if (bytes - began.bytes() < bytesInPeriodMin) {
        transfer.abort(reason);
      }
      return new Period(now, bytes);
    });
  }
}
