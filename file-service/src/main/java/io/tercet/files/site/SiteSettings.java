package io.tercet.files.site;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `filesMax`: how many files a site may have. `allFilesMax`: how many all sites together may have;
/// http-raw-server has the list of them in memory, and serves at most its own `site-files`.
/// `bytesMax` and `allBytesMax`: the same for bytes, as [SiteSize] counts them.
/// `namesMax`: how many names of sites a person may have. `turnMax`: how long a publication waits
/// for those before it. `batch`: how many files of a site one transaction writes or deletes.
/// `upkeepPause`: how often [SiteUpkeep] runs. `announcePause`: how often rooms are told of their
/// sites. `waitMax`: how long a request may wait for changes.
/// `url`: the URL of a site as people see it; `{site}` is replaced by its name.
@ConfigurationProperties("tercet.files.site")
public record SiteSettings(
    int filesMax,
    int allFilesMax,
    DataSize bytesMax,
    DataSize allBytesMax,
    int namesMax,
    Duration turnMax,
    int batch,
    Duration upkeepPause,
    Duration announcePause,
    Duration waitMax,
    String url) {
  public SiteSettings {
    if (filesMax < 1 || allFilesMax < filesMax || namesMax < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "files-max, names-max and batch must be positive, all-files-max not less than files-max;"
              + " not %d, %d, %d and %d".formatted(filesMax, namesMax, batch, allFilesMax));
    }
    if (bytesMax.toBytes() < 1 || allBytesMax.compareTo(bytesMax) < 0) {
      throw new IllegalArgumentException(
          "bytes-max (TERCET_QUOTA_SITE) must be positive, and all-bytes-max (TERCET_QUOTA_SITES)"
              + " not less; not %s and %s".formatted(bytesMax, allBytesMax));
    }
    if (turnMax.isNegative()
        || !upkeepPause.isPositive()
        || !announcePause.isPositive()
        || waitMax.isNegative()) {
      throw new IllegalArgumentException(
          "turn-max, upkeep-pause, announce-pause and wait-max must be positive,"
              + " not %s, %s, %s and %s".formatted(turnMax, upkeepPause, announcePause, waitMax));
    }
  }
}
