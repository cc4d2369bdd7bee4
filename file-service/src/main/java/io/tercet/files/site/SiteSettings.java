package io.tercet.files.site;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `filesMax`: how many files a site may have. `allFilesMax`: how many all sites together may have;
/// http-raw-server knows them all by heart, and serves no more than its own `site-files`.
/// `waitMax`: how long a question for changes may wait. `url`: how a site's address is told to
/// people; `{site}` stands for its name.
@ConfigurationProperties("tercet.files.site")
public record SiteSettings(int filesMax, int allFilesMax, Duration waitMax, String url) {
  public SiteSettings {
    if (filesMax < 1 || allFilesMax < filesMax || waitMax.isNegative()) {
      throw new IllegalArgumentException(
          "files-max must be positive, all-files-max not less, and wait-max positive; not "
              + filesMax
              + ", "
              + allFilesMax
              + " and "
              + waitMax);
    }
  }
}
