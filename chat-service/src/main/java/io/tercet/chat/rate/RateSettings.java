package io.tercet.chat.rate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How often something may be done. `application.yml` has the numbers and says whom each one
/// limits.
///
/// @param factor multiplies all rates, 1 to 1,000,000; a benchmark lifts the limits by it
/// @param bucketsMax buckets that are kept; with more, the least used are full again
/// @param blockDivisor replicas take tokens of a bucket that they share in blocks of at most this
///     part of it
/// @param sharedWaitMax longest wait for an answer about such a bucket
/// @param sharedPause how long after a failure nobody asks for one
@ConfigurationProperties("tercet.rate")
record RateSettings(
    int factor,
    int bucketsMax,
    int blockDivisor,
    Duration sharedWaitMax,
    Duration sharedPause,
    Rate requests,
    Rate posts,
    Rate rooms,
    Rate direct,
    Rate subscriptions,
    Rate history,
    Rate newcomers,
    Rate signIns,
    Rate handshakes,
    Rate cards,
    Rate searches) {

  private static final int FACTOR_MAX = 1_000_000;

  RateSettings {
    if (factor < 1 || factor > FACTOR_MAX) {
      throw new IllegalArgumentException(
          "tercet.rate.factor must be 1 to " + FACTOR_MAX + ", not " + factor);
    }
    if (bucketsMax < 1) {
      throw new IllegalArgumentException(
          "tercet.rate.buckets-max must be at least 1, not " + bucketsMax);
    }
    if (blockDivisor < 1) {
      throw new IllegalArgumentException(
          "tercet.rate.block-divisor must be at least 1, not " + blockDivisor);
    }
  }

  /// @param atOnce how often at once
  /// @param perMinute how often each minute after that
  record Rate(int atOnce, int perMinute) {

    Rate {
      if (atOnce < 1 || perMinute < 1) {
        throw new IllegalArgumentException(
            "at-once and per-minute must be at least 1, not " + atOnce + " and " + perMinute);
      }
    }

    /// How long an empty bucket takes to be full.
    Duration refill() {
      return Duration.ofMinutes(1).multipliedBy(atOnce).dividedBy(perMinute);
    }
  }

  /// The rate of an action.
  Rate of(Action action) {
    return switch (action) {
      case REQUEST -> requests;
      case POST -> posts;
      case ROOM -> rooms;
      case DIRECT -> direct;
      case SUBSCRIPTION -> subscriptions;
      case HISTORY -> history;
      case NEWCOMER -> newcomers;
      case SIGN_IN -> signIns;
      case HANDSHAKE -> handshakes;
      case CARD -> cards;
      case SEARCH -> searches;
    };
  }
}
