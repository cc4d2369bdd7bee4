package io.tercet.gateway;

import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/// True when a number is above zero and has not changed in ten consecutive readings.
final class Standstill implements Callable<Boolean> {

  private static final int READINGS = 10;

  private final LongSupplier number;
  private long last;
  private int still;

  Standstill(LongSupplier number) {
    this.number = number;
  }

  @Override
  public Boolean call() {
    long now = number.getAsLong();
    still = now > 0 && now == last ? still + 1 : 0;
    last = now;
    return still >= READINGS;
  }
}
