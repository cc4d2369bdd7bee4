package io.tercet.files.sweep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `pause`: how often something to remove is looked for; `page`: how much is looked at each time.
/// `versionLife`: how long a version is kept after a newer one replaced it. `round`: every content
/// on disk is looked at once in this time; those younger than `grace` are left alone.
@ConfigurationProperties("tercet.files.sweep")
public record SweepSettings(
    Duration pause, int page, Duration versionLife, Duration round, Duration grace) {
  public SweepSettings {
    if (!pause.isPositive()
        || page < 1
        || versionLife.isNegative()
        || round.isNegative()
        || grace.isNegative()) {
      throw new IllegalArgumentException(
          "needs pause > 0, page >= 1, and version-life, round and grace not negative");
    }
  }
}
