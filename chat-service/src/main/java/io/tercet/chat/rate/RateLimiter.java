package io.tercet.chat.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Clock;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// A token bucket for each action of each person and of each network. Each time takes one token,
/// and time refills the bucket.
///
/// - Bounds: [RateSettings#bucketsMax]. A bucket that was not used until it was full again is
///   forgotten, which changes nothing.
/// - Threading: any thread.
/// - Errors: `too-fast`, with the time after which the next token is there.
@Component
@EnableConfigurationProperties(RateSettings.class)
public class RateLimiter {

  private final RateSettings settings;
  private final TimeMeter time;
  private final Cache<Key, Bucket> buckets;

  private record Key(Action action, Object owner) {}

  RateLimiter(RateSettings settings, Clock clock) {
    this.settings = settings;
    this.time = new MonotonicTime(clock);
    Duration refill =
        Arrays.stream(Action.values())
            .map(action -> settings.of(action).refill())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(settings.bucketsMax())
            .expireAfterAccess(refill)
            .ticker(clock::monotonicTime)
            .build();
  }

  /// Takes a token of a person.
  public void take(Action action, UUID personId) {
    take(new Key(action, personId));
  }

  /// Takes a token of the network of an address.
  public void take(Action action, String address) {
    take(new Key(action, ClientNetwork.of(address)));
  }

  /// How many buckets are kept now.
  long buckets() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private void take(Key key) {
    ConsumptionProbe taken = buckets.get(key, this::bucket).tryConsumeAndReturnRemaining(1);
    if (!taken.isConsumed()) {
      throw new ProblemException(
          ProblemType.TOO_FAST,
          "Too many " + key.action().title() + " in a short time.",
          Duration.ofNanos(taken.getNanosToWaitForRefill()));
    }
  }

  private Bucket bucket(Key key) {
    RateSettings.Rate rate = settings.of(key.action());
    long factor = settings.factor();
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit ->
            limit
                .capacity(rate.atOnce() * factor)
                .refillGreedy(rate.perMinute() * factor, Duration.ofMinutes(1)))
        .build();
  }

  /// Not the time of day, which may jump.
  private record MonotonicTime(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return clock.monotonicTime();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
