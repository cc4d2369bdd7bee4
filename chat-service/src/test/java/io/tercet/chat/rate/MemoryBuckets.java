package io.tercet.chat.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The buckets that replicas share, in memory.
final class MemoryBuckets implements SharedBuckets {

  private final TimeMeter time;
  private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();
  boolean away;
  int replicas = 2;
  int asked;

  MemoryBuckets(TimeMeter time) {
    this.time = time;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public int replicas() {
    return replicas;
  }

  @Override
  public synchronized ConsumptionProbe take(Key key, long tokens) {
    asked++;
    if (away) {
      throw new IllegalStateException("away");
    }
    return buckets
        .computeIfAbsent(
            key,
            _ ->
                Bucket.builder()
                    .withCustomTimePrecision(time)
                    .addLimit(limit ->
                        limit
                            .capacity(key.atOnce())
                            .refillGreedy(key.perMinute(), Duration.ofMinutes(1)))
                    .build())
        .tryConsumeAndReturnRemaining(tokens);
  }
}
