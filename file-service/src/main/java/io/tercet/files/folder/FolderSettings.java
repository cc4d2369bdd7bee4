package io.tercet.files.folder;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `itemsMax`: how many items may move to another space at once. `pageMax`: how many items one page
/// of a listing has. `binLife`: how long what a room lost lies in its bin. `purgePause`: how often
/// something to remove for good is looked for. `purgeRows`: how many rows one transaction of that
/// removes (100 at least).
@ConfigurationProperties("tercet.files.folder")
public record FolderSettings(
    int itemsMax, int pageMax, Duration binLife, Duration purgePause, int purgeRows) {
  public FolderSettings {
    if (itemsMax < 1 || pageMax < 1 || purgeRows < 100) {
      throw new IllegalArgumentException(
          "items-max and page-max must be positive, and purge-rows at least 100; not "
              + itemsMax
              + ", "
              + pageMax
              + " and "
              + purgeRows);
    }
    if (binLife.isNegative() || !purgePause.isPositive()) {
      throw new IllegalArgumentException(
          "bin-life must not be negative, and purge-pause must be positive; not "
              + binLife
              + " and "
              + purgePause);
    }
  }
}
