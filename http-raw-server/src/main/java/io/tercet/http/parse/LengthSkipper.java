package io.tercet.http.parse;

import org.jspecify.annotations.Nullable;

/// A body of a length that was announced. Source: RFC 9112 §6.2.
final class LengthSkipper implements BodySkipper {
  private long left;

  LengthSkipper(long length) {
    left = length;
  }

  @Override
  public int skip(byte[] bytes, int from, int to) {
    int taken = (int) Math.min(left, to - from);
    left -= taken;
    return from + taken;
  }

  @Override
  public boolean isComplete() {
    return left == 0;
  }

  @Override
  public @Nullable Rule broken() {
    return null;
  }
}
