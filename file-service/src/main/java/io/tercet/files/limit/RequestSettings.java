package io.tercet.files.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// `concurrentMax`: how many requests of people may go on at once, downloads included;
/// `concurrentPerPersonMax` of one person, `concurrentPerAddressMax` from one address.
@ConfigurationProperties("tercet.files.requests")
record RequestSettings(int concurrentMax, int concurrentPerPersonMax, int concurrentPerAddressMax) {
  RequestSettings {
    if (concurrentMax < 1 || concurrentPerPersonMax < 1 || concurrentPerAddressMax < 1) {
      throw new IllegalArgumentException("limits of requests must be positive");
    }
  }

  Shares shares() {
    return new Shares(concurrentMax, concurrentPerPersonMax, concurrentPerAddressMax);
  }
}
