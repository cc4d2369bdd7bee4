package io.tercet.http.parse;

import org.jspecify.annotations.Nullable;

/// A body whose length Content-Length has announced. Source: RFC 9112 §6.2.
final class FixedLengthDecoder implements BodyDecoder {
  private final boolean tooLarge;
  private long left;

  FixedLengthDecoder(long length, long bytesMax) {
    left = length;
    tooLarge = length > bytesMax;
  }

  @Override
  public int read(byte[] bytes, int from, int to, Consumer consumer) {
    if (tooLarge) {
      return from;
    }
    int taken = (int) Math.min(left, to - from);
    consumer.accept(bytes, from, taken);
    left -= taken;
    return from + taken;
  }

  @Override
  public int heldBytes() {
    return 0;
  }

  @Override
  public boolean isComplete() {
    return left == 0;
  }

  @Override
  public @Nullable Rule broken() {
    return tooLarge ? Rule.BODY_TOO_LARGE : null;
  }
}
