package io.tercet.files.upload;

import io.tercet.files.limit.Shares;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `fileSizeMax`: the largest file. `concurrentMax`: how many uploads may run at once, over HTTP
/// and FTP together; `concurrentPerPersonMax` of one person, `concurrentPerAddressMax` from one
/// address. `rateMin`: bytes per second that an upload must bring, averaged over `rateWindow`.
/// `filesPerRequestMax`: how many files one form may have.
@ConfigurationProperties("tercet.files.upload")
public record UploadSettings(
    DataSize fileSizeMax,
    int concurrentMax,
    int concurrentPerPersonMax,
    int concurrentPerAddressMax,
    DataSize rateMin,
    Duration rateWindow,
    int filesPerRequestMax) {
  public UploadSettings {
    if (fileSizeMax.toBytes() < 1
        || concurrentMax < 1
        || concurrentPerPersonMax < 1
        || concurrentPerAddressMax < 1
        || rateMin.isNegative()
        || !rateWindow.isPositive()
        || filesPerRequestMax < 1) {
      throw new IllegalArgumentException("limits of uploads must be positive");
    }
  }

  Shares shares() {
    return new Shares(concurrentMax, concurrentPerPersonMax, concurrentPerAddressMax);
  }
}
