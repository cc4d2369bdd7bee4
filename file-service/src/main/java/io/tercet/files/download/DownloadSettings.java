package io.tercet.files.download;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `accessCheck`: how often a running download asks again whether the person may read the file.
@ConfigurationProperties("tercet.files.download")
public record DownloadSettings(Duration accessCheck) {
  public DownloadSettings {
    if (accessCheck.isNegative()) {
      throw new IllegalArgumentException("access-check must not be negative, not " + accessCheck);
    }
  }
}
