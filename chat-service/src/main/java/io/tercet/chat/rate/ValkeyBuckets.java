package io.tercet.chat.rate;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import io.micrometer.core.instrument.Clock;
import io.tercet.chat.replica.LiveReplicas;
import io.tercet.chat.valkey.Valkey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Token buckets in Valkey, one key each. A key expires when its bucket is full again.
///
/// A take reads the bucket and replaces it if nobody did meanwhile, so it is right whatever the
/// others do. The time is that of the replica: if clocks of replicas differ, a bucket gets what is
/// due for the difference once.
///
/// Threading: any thread that may wait for [RateSettings#sharedWaitMax].
@Component
class ValkeyBuckets implements SharedBuckets {

  private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);

  private final Valkey valkey;
  private final LiveReplicas replicas;
  private final ProxyManager<String> buckets;

  ValkeyBuckets(Valkey valkey, LiveReplicas replicas, RateSettings settings, Clock clock) {
    this.valkey = valkey;
    this.replicas = replicas;
    this.buckets =
        new LettuceBasedProxyManagerBuilder<String>(new TextCommands<>(valkey))
            .clientClock(new WallTime(clock))
            .requestTimeout(settings.sharedWaitMax())
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
            .build();
  }

  @Override
  public boolean isShared() {
    return valkey.isShared();
  }

  @Override
  public int replicas() {
    return replicas.count();
  }

  @Override
  public ConsumptionProbe take(Key key, long tokens) {
    return buckets
        .builder()
        .build(name(key), () -> configuration(key))
        .tryConsumeAndReturnRemaining(tokens);
  }

  private static BucketConfiguration configuration(Key key) {
    return BucketConfiguration.builder()
        .addLimit(limit ->
            limit.capacity(key.atOnce()).refillGreedy(key.perMinute(), Duration.ofMinutes(1)))
        .build();
  }

  /// The owner is hashed: it may be an address, and of any length.
  private static String name(Key key) {
    return "tercet:rate:%s:%d:%d:%s"
        .formatted(
            key.action().name().toLowerCase(Locale.ROOT),
            key.atOnce(),
            key.perMinute(),
            hash(key.owner().toString()));
  }

  private static String hash(String owner) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(owner.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private record WallTime(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return Duration.ofMillis(clock.wallTime()).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
