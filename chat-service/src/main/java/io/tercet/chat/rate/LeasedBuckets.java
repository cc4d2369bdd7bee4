package io.tercet.chat.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes tokens from the buckets that all replicas share, in blocks, and counts them here.
///
/// A block is a part of what the shared bucket still has, at most [RateSettings#blockDivisor] of
/// the whole; near its end that is one token. So the replicas together give in any time what the
/// settings say, and at most a block for each replica more, which it took before that time. What a
/// [Action#isAskedEachTime] has no block.
///
/// While Valkey is away each replica has buckets of its own, with the rate divided by the number of
/// replicas that there were.
///
/// - Waits: for [RateSettings#sharedWaitMax] for another take of the same bucket, and as long for
///   each of at most two answers of Valkey. After a failure nobody asks for
///   [RateSettings#sharedPause].
/// - Threading: any thread that may wait that long.
final class LeasedBuckets {

  private static final Logger log = LoggerFactory.getLogger(LeasedBuckets.class);

  private final SharedBuckets shared;
  private final RateSettings settings;
  private final TimeMeter time;

  /// Until when Valkey counts as away.
  private final AtomicLong awayUntilNanos;

  private final AtomicBoolean alone = new AtomicBoolean();

  LeasedBuckets(SharedBuckets shared, RateSettings settings, TimeMeter time) {
    this.shared = shared;
    this.settings = settings;
    this.time = time;
    this.awayUntilNanos = new AtomicLong(time.currentTimeNanos());
  }

  TokenBucket of(Action action, Object owner) {
    RateSettings.Rate rate = settings.of(action);
    long factor = settings.factor();
    return new Lease(
        new SharedBuckets.Key(action, owner, rate.atOnce() * factor, rate.perMinute() * factor));
  }

  /// The bucket of a replica for the time while Valkey is away.
  private record Own(int replicas, Bucket bucket) {}

  private final class Lease implements TokenBucket {

    private final SharedBuckets.Key key;
    private final AtomicLong inHand = new AtomicLong();
    private final AtomicReference<@Nullable Own> own = new AtomicReference<>();
    private final ReentrantLock asking = new ReentrantLock();

    /// When the shared bucket has a token again; null while it may have one.
    private volatile @Nullable Long refusedUntilNanos;

    private long block = 1;

    Lease(SharedBuckets.Key key) {
      this.key = key;
    }

    @Override
    public long take() {
      if (takeInHand()) {
        return 0;
      }
      long refused = refused();
      if (refused > 0 || isAway()) {
        return refused > 0 ? refused : takeOwn();
      }
      if (!lock()) {
        return takeOwn();
      }
      try {
        return takeInHand() ? 0 : askOrWait();
      } finally {
        asking.unlock();
      }
    }

    private boolean takeInHand() {
      long tokens = inHand.get();
      while (tokens > 0) {
        if (inHand.compareAndSet(tokens, tokens - 1)) {
          return true;
        }
        tokens = inHand.get();
      }
      return false;
    }

    private long refused() {
      Long until = refusedUntilNanos;
      return until == null ? 0 : Math.max(0, until - time.currentTimeNanos());
    }

    private boolean isAway() {
      return time.currentTimeNanos() - awayUntilNanos.get() < 0;
    }

    private boolean lock() {
      try {
        return asking.tryLock(settings.sharedWaitMax().toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private long askOrWait() {
      long refused = refused();
      if (refused > 0 || isAway()) {
        return refused > 0 ? refused : takeOwn();
      }
      try {
        long waitNanos = ask();
        if (alone.getAndSet(false)) {
          log.info("rates are counted with the other replicas again");
        }
        return waitNanos;
      } catch (RuntimeException away) {
        if (!alone.getAndSet(true)) {
          log.warn("rates are counted by each replica alone: {}", away.toString());
        }
        awayUntilNanos.set(time.currentTimeNanos() + settings.sharedPause().toNanos());
        return takeOwn();
      }
    }

    private long ask() {
      long taken = block;
      ConsumptionProbe answer = shared.take(key, taken);
      if (!answer.isConsumed() && taken > 1) {
        taken = 1;
        answer = shared.take(key, taken);
      }
      if (!answer.isConsumed()) {
        block = 1;
        long wait = Math.max(1, answer.getNanosToWaitForRefill());
        refusedUntilNanos = time.currentTimeNanos() + wait;
        return wait;
      }
      refusedUntilNanos = null;
      block = nextBlock(answer.getRemainingTokens());
      inHand.addAndGet(taken - 1);
      return 0;
    }

    private long nextBlock(long remaining) {
      return key.action().isAskedEachTime()
          ? 1
          : Math.max(1, Math.min(remaining, key.atOnce()) / settings.blockDivisor());
    }

    private long takeOwn() {
      int replicas = Math.max(1, shared.replicas());
      Own now = own.get();
      if (now == null || now.replicas() != replicas) {
        own.compareAndSet(now, new Own(replicas, ownBucket(replicas)));
        now = own.get();
      }
      ConsumptionProbe taken = Objects.requireNonNull(now).bucket().tryConsumeAndReturnRemaining(1);
      return taken.isConsumed() ? 0 : taken.getNanosToWaitForRefill();
    }

    private Bucket ownBucket(int replicas) {
      return Bucket.builder()
          .withCustomTimePrecision(time)
          .addLimit(limit ->
              limit
                  .capacity(Math.max(1, key.atOnce() / replicas))
                  .refillGreedy(key.perMinute(), Duration.ofMinutes(replicas)))
          .build();
    }
  }
}
