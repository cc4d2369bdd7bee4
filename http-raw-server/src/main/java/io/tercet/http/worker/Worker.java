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

/// What a worker process does: it serves from a listener that it inherited, follows orders, and
/// reports its counters.
///
/// Orders are lines: `serve`, once the supervisor has all the workers that it wants; `retire`
/// (accept no more, end with the last connection) and `stop MILLIS` (end within that time). When
/// the orders end, the supervisor is gone, and the worker ends too.
public final class Worker {
  /// What it says first, when it can serve.
  static final String READY = "ready";

  static final String SERVE = "serve";

  static final String RETIRE = "retire";

  private static final Duration FIGURES_EVERY = Duration.ofSeconds(1);

  /// For what has begun when the supervisor is gone.
  private static final Duration ORPHANS_DRAIN = Duration.ofSeconds(1);

  /// How long a stop may take past its time, before the process ends without it.
  private static final Duration STUCK_MAX = Duration.ofSeconds(1);

  private final ConcurrencyModel model;
  private final WorkerCounters counters;
  private final OutputStream figures;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean finished = true;

  private Worker(ConcurrencyModel model, WorkerCounters counters, OutputStream figures) {
    this.model = model;
    this.counters = counters;
    this.figures = figures;
  }

  /// Serves from the order to do so until the one to end, or nobody is left to order. A stop whose
  /// loop is stuck, in a handler or in a file of a system that does not answer, ends the process.
  ///
  /// @return whether everything that had begun was finished
  /// @throws IOException if the model cannot start, or the supervisor is gone already
  public static boolean run(
      ConcurrencyModel model,
      WorkerCounters counters,
      Listener inherited,
      InputStream orders,
      OutputStream figures)
      throws IOException {
    Worker worker = new Worker(model, counters, figures);
    worker.tell(READY);
    BufferedReader lines = new BufferedReader(new InputStreamReader(orders, US_ASCII));
    if (!SERVE.equals(lines.readLine())) {
      // Another worker could not start, or the supervisor is gone.
      return true;
    }
    model.start(List.of(inherited));
    Thread.ofPlatform().name("orders").daemon().start(() -> worker.follow(lines));
    worker.tellUntilOver();
    return worker.finished;
  }

  private void tellUntilOver() {
    boolean over = false;
    while (!over) {
      over = awaitStop() || model.isOver();
      try {
        for (String line : counters.drainLines()) {
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

  private void follow(BufferedReader orders) {
    Duration drain = ORPHANS_DRAIN;
    try (orders) {
      String line = orders.readLine();
      while (RETIRE.equals(line)) {
        model.retire();
        line = orders.readLine();
      }
      drain = line == null ? ORPHANS_DRAIN : drain(line);
    } catch (IOException unreadable) {
      // As if the supervisor were gone.
    }
    Thread halting = haltAfter(drain.plus(STUCK_MAX));
    finished = model.stop(drain);
    halting.interrupt();
    stopped.countDown();
  }

  /// Ends the process then, unless interrupted: a supervisor that is gone kills nobody.
  private static Thread haltAfter(Duration patience) {
    return Thread.ofPlatform()
        .name("halting")
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(patience);
            Runtime.getRuntime().halt(1);
          } catch (InterruptedException endedInTime) {
            // The process ends as usual.
          }
        });
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
