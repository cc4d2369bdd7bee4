package io.tercet.files.site;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `filesMax`: how many files a site may have. `waitMax`: how long a question for changes may wait.
/// `url`: how a site's address is told to people; `{site}` stands for its name.
@ConfigurationProperties("tercet.files.site")
public record SiteSettings(int filesMax, Duration waitMax, String url) {
  public SiteSettings {
    if (filesMax < 1 || waitMax.isNegative()) {
      throw new IllegalArgumentException(
          "files-max and wait-max must be positive, not " + filesMax + " and " + waitMax);
    }
  }
}
