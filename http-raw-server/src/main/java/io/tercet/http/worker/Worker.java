package io.tercet.http.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.readiness.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What a worker process does: serves from a listener that it inherited, follows orders, and tells
/// its figures.
///
/// Orders are lines: `retire` (accept no more, end with the last connection) and `stop MILLIS` (end
/// within that time). The end of the orders means that the supervisor is gone, however it ended: a
/// worker ends with it.
public final class Worker {
  /// What it says first, once it serves.
  static final String READY = "ready";

  static final String RETIRE = "retire";

  private static final Duration FIGURES_EVERY = Duration.ofSeconds(1);

  /// For what has begun when the supervisor is gone.
  private static final Duration ORPHANS_DRAIN = Duration.ofSeconds(1);

  private final ConcurrencyModel model;
  private final Tally tally;
  private final OutputStream figures;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean finished = true;

  private Worker(ConcurrencyModel model, Tally tally, OutputStream figures) {
    this.model = model;
    this.tally = tally;
    this.figures = figures;
  }

  /// Serves until it is ordered to end, or nobody is left to order.
  ///
  /// @return whether everything that had begun was finished
  /// @throws IOException if the model cannot start, or the supervisor is gone already
  public static boolean run(
      ConcurrencyModel model,
      Tally tally,
      Listener inherited,
      InputStream orders,
      OutputStream figures)
      throws IOException {
    Worker worker = new Worker(model, tally, figures);
    model.start(List.of(inherited));
    worker.tell(READY);
    Thread.ofPlatform().name("orders").daemon().start(() -> worker.follow(orders));
    worker.tellUntilOver();
    return worker.finished;
  }

  private void tellUntilOver() {
    boolean over = false;
    while (!over) {
      over = awaitStop() || model.isOver();
      try {
        for (String line : tally.news()) {
          tell(line);
        }
        figures.flush();
      } catch (IOException supervisorGone) {
        // The orders have ended too, and say what to do.
      }
    }
  }

  private boolean awaitStop() {
    try {
      return stopped.await(FIGURES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void follow(InputStream orders) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(orders, US_ASCII))) {
      String line = lines.readLine();
      while (RETIRE.equals(line)) {
        model.retire();
        line = lines.readLine();
      }
      finished = model.stop(line == null ? ORPHANS_DRAIN : drain(line));
    } catch (IOException unreadable) {
      finished = model.stop(ORPHANS_DRAIN);
    }
    stopped.countDown();
  }

  private void tell(String line) throws IOException {
    figures.write((line + "\n").getBytes(US_ASCII));
  }

  static String stopWithin(Duration drain) {
    return "stop " + drain.toMillis();
  }

  private static Duration drain(String order) {
    return Duration.ofMillis(Long.parseLong(order.substring("stop ".length())));
  }
}
