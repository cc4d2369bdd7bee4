package io.tercet.chat.socket;

/// A token bucket: limits how many frames a client may send. It holds `capacity` tokens, each frame
/// takes one, and time refills it.
///
/// Confined to one connection. Source of time: the caller, in nanoseconds of a monotonic clock.
final class TokenBucket {

  private static final double NANOS_PER_SECOND = 1_000_000_000;

  private final double capacity;
  private final double tokensPerNano;
  private double tokens;
  private long refilledNanos;

  TokenBucket(int capacity, int tokensPerSecond, long nowNanos) {
    this.capacity = capacity;
    this.tokensPerNano = tokensPerSecond / NANOS_PER_SECOND;
    this.tokens = capacity;
    this.refilledNanos = nowNanos;
  }

  /// Takes one token; false if there is none.
  boolean tryTake(long nowNanos) {
    tokens = Math.min(capacity, tokens + (nowNanos - refilledNanos) * tokensPerNano);
    refilledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
