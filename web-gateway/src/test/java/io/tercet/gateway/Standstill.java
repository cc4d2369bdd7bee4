package io.tercet.gateway;

import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/// True once a number has begun to grow and then stood still over ten looks at it.
final class Standstill implements Callable<Boolean> {

  private static final int LOOKS = 10;

  private final LongSupplier number;
  private long before;
  private int still;

  Standstill(LongSupplier number) {
    this.number = number;
  }

  @Override
  public Boolean call() {
    long now = number.getAsLong();
    still = now > 0 && now == before ? still + 1 : 0;
    before = now;
    return still >= LOOKS;
  }
}
