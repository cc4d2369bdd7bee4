package io.tercet.files.site;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `filesMax`: how many files a site may have. `allFilesMax`: how many all sites together may have;
/// http-raw-server has the list of them in memory, and serves at most its own `site-files`.
/// `waitMax`: how long a request may wait for changes. `url`: the URL of a site as people see it;
/// `{site}` is replaced by its name.
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
