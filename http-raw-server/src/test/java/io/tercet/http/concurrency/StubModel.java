package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import java.time.Duration;
import java.util.List;

/// Serves nobody, and is what a test says that it is.
class StubModel implements ConcurrencyModel {
  boolean started;
  boolean retired;
  boolean over;
  boolean stopped;

  /// What a stop says.
  boolean finishes = true;

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public void start(List<Listener> listeners) {
    started = true;
  }

  @Override
  public void retire() {
    retired = true;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public boolean stop(Duration drain) {
    stopped = true;
    return finishes;
  }
}
