package io.tercet.files.ftp.data;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Limits of data connections.
///
/// - `connectMax`: how long a passive port waits for its client, and how long `PASV` waits for a
///   port that is free.
/// - `waitingPerPersonMax`: passive ports that wait for one person at once; fewer than there are.
/// - `idleMax`, `rateMin`: in each period of `idleMax`, a transfer moves at least `rateMin` bytes a
///   second on average.
/// - `hangUpWait`: how long the end of an upload waits for a sign that it was aborted.
///   `replaceWait`: the same, where the upload replaces a file and nothing but the end of a TCP
///   connection says that it is whole.
@ConfigurationProperties("tercet.files.ftp.transfers")
public record TransferSettings(
    Duration connectMax,
    int waitingPerPersonMax,
    Duration idleMax,
    DataSize rateMin,
    Duration hangUpWait,
    Duration replaceWait) {

  public TransferSettings {
    if (waitingPerPersonMax < 1 || rateMin.isNegative()) {
      throw new IllegalArgumentException(
          "waiting-per-person-max must be positive and rate-min not negative, not "
              + waitingPerPersonMax
              + " and "
              + rateMin);
    }
    if (connectMax.toMillis() < 1 || idleMax.toMillis() < 1) {
      throw new IllegalArgumentException(
          "connect-max and idle-max must be at least 1 ms, not " + connectMax + " and " + idleMax);
    }
  }
}
