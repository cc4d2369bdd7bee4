package io.tercet.files.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `membershipLife`: how long a membership is cached before chat-service is asked again;
/// `membershipsMax`: how many are cached.
@ConfigurationProperties("tercet.files.access")
public record AccessSettings(Duration membershipLife, int membershipsMax) {
  public AccessSettings {
    if (membershipLife.isNegative() || membershipsMax < 1) {
      throw new IllegalArgumentException(
          "membership-life and memberships-max must be positive, not "
              + membershipLife
              + " and "
              + membershipsMax);
    }
  }
}
