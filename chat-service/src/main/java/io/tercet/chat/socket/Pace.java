package io.tercet.chat.socket;

/// How many frames a client may send: so many at once, so many each second after that.
///
/// A bucket of tokens, refilled by time. Confined to one connection.
final class Pace {

  private static final double NANOS_PER_SECOND = 1_000_000_000;

  private final double tokensMax;
  private final double tokensPerNano;
  private double tokens;
  private long lastNanos;

  Pace(int atOnce, int perSecond, long nowNanos) {
    this.tokensMax = atOnce;
    this.tokensPerNano = perSecond / NANOS_PER_SECOND;
    this.tokens = atOnce;
    this.lastNanos = nowNanos;
  }

  /// Whether one more frame may be carried out now.
  boolean allows(long nowNanos) {
    tokens = Math.min(tokensMax, tokens + (nowNanos - lastNanos) * tokensPerNano);
    lastNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
