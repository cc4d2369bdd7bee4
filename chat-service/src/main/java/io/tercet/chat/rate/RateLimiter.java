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
/// and time refills the bucket. Replicas that share a Valkey have one bucket together, of which
/// each takes blocks ([LeasedBuckets]).
///
/// - Bounds: [RateSettings#bucketsMax]. A bucket that was not used until it was full again is
///   forgotten, which changes nothing.
/// - Threading: any thread that may wait for Valkey as [LeasedBuckets] says; with one replica it
///   never waits.
/// - Errors: `too-fast`, with the time after which the next token is there.
@Component
@EnableConfigurationProperties(RateSettings.class)
public class RateLimiter {

  private final RateSettings settings;
  private final TimeMeter time;
  private final SharedBuckets shared;
  private final LeasedBuckets leased;
  private final Cache<Key, TokenBucket> buckets;

  private record Key(Action action, Object owner) {}

  RateLimiter(RateSettings settings, SharedBuckets shared, Clock clock) {
    this.settings = settings;
    this.time = new MonotonicTime(clock);
    this.shared = shared;
    this.leased = new LeasedBuckets(shared, settings, time);
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
    long waitNanos = buckets.get(key, this::bucket).take();
    if (waitNanos > 0) {
      throw new ProblemException(
          ProblemType.TOO_FAST,
          "Too many " + key.action().title() + " in a short time.",
          Duration.ofNanos(waitNanos));
    }
  }

  private TokenBucket bucket(Key key) {
    return shared.isShared() ? leased.of(key.action(), key.owner()) : own(key.action());
  }

  private TokenBucket own(Action action) {
    RateSettings.Rate rate = settings.of(action);
    long factor = settings.factor();
    Bucket bucket =
        Bucket.builder()
            .withCustomTimePrecision(time)
            .addLimit(limit ->
                limit
                    .capacity(rate.atOnce() * factor)
                    .refillGreedy(rate.perMinute() * factor, Duration.ofMinutes(1)))
            .build();
    return () -> {
      ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(1);
      return taken.isConsumed() ? 0 : taken.getNanosToWaitForRefill();
    };
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
