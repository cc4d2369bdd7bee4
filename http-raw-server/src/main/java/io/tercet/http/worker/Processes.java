package io.tercet.http.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.Observer;
import io.tercet.http.process.ChildProcess;
import io.tercet.http.process.Spawner;
import io.tercet.http.readiness.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The model `processes`: a worker process for each listener, and a supervisor that serves nothing.
///
/// Workers share no memory, so a worker that crashes loses its own connections and no others. The
/// supervisor reaps it and starts another one, which accepts the queued connections. Each worker is
/// a whole virtual machine, because one cannot fork; it runs event loops.
///
/// Threading: a thread for each worker reads its metrics until it ends; the rest as
/// [ConcurrencyModel] says.
public final class Processes implements ConcurrencyModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of(Trait.OTHER_PROCESSES);

  private static final System.Logger LOG = System.getLogger(Processes.class.getName());

  /// How long a worker may take until it can serve.
  private static final Duration START_MAX = Duration.ofSeconds(30);

  /// How long a worker that ended at once is not replaced, so that a broken one does not spin.
  private static final Duration REPLACE_PAUSE = Duration.ofSeconds(1);

  /// How long a worker may take to end after its time to finish is over, before it is killed. It
  /// is less than a server waits for its models.
  private static final Duration END_GRACE = Duration.ofSeconds(2);

  private final Spawner spawner;
  private final IntFunction<List<String>> command;
  private final Observer observer;
  private final List<WorkerSlot> slots = new ArrayList<>();

  /// @param command that starts the worker of a number, from 1
  /// @param observer is told what workers report
  public Processes(Spawner spawner, IntFunction<List<String>> command, Observer observer) {
    this.spawner = spawner;
    this.command = command;
    this.observer = observer;
  }

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public void start(List<Listener> listeners) throws IOException {
    for (Listener listener : listeners) {
      slots.add(new WorkerSlot(slots.size() + 1, listener));
    }
    try {
      for (WorkerSlot slot : slots) {
        slot.startWorker();
      }
      for (WorkerSlot slot : slots) {
        slot.awaitReady();
      }
    } catch (IOException | RuntimeException | Error failure) {
      discard();
      throw failure;
    }
    // Not before all can: a worker that had taken connections could not be taken back.
    slots.forEach(WorkerSlot::serve);
  }

  /// None has served. An interrupt, which ends a start, does not end this.
  private void discard() {
    boolean interrupted = Thread.interrupted();
    stop(Duration.ZERO);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void retire() {
    slots.forEach(slot -> slot.leave(Worker.RETIRE));
  }

  @Override
  public boolean isOver() {
    return slots.stream().allMatch(WorkerSlot::isOver);
  }

  @Override
  public boolean stop(Duration drain) {
    slots.forEach(slot -> slot.leave(Worker.stopWithin(drain)));
    boolean all = true;
    long until = System.nanoTime() + drain.plus(END_GRACE).toNanos();
    for (WorkerSlot slot : slots) {
      all &= slot.awaitEnd(until);
    }
    return all;
  }

  /// The processes that serve now.
  public List<Long> pids() {
    return slots.stream().map(WorkerSlot::pid).toList();
  }

  /// A listener and the worker that has it, one after the other.
  private final class WorkerSlot implements Runnable {
    private final int number;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable ChildProcess child;
    private volatile boolean leaving;
    private volatile boolean started;
    private volatile boolean serves;
    private volatile boolean finished = true;

    WorkerSlot(int number, Listener listener) {
      this.number = number;
      this.listener = listener;
      this.thread = Thread.ofPlatform().name("worker-" + number).unstarted(this);
    }

    void startWorker() throws IOException {
      child = spawner.spawn(command.apply(number), listener);
      thread.start();
    }

    void awaitReady() throws IOException {
      try {
        if (!ready.await(START_MAX.toMillis(), TimeUnit.MILLISECONDS) || !started) {
          throw new IOException(
              "worker " + number + " does not start; what it said is in the log above");
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while worker " + number + " started");
      }
    }

    /// This worker serves. A worker that replaces it serves at once.
    synchronized void serve() {
      serves = true;
      ChildProcess first = child;
      if (first != null) {
        first.order(Worker.SERVE);
      }
    }

    /// No worker follows this one, which is told why.
    synchronized void leave(String order) {
      leaving = true;
      ChildProcess serving = child;
      if (serving != null) {
        serving.order(order);
      }
    }

    boolean isOver() {
      return !thread.isAlive();
    }

    long pid() {
      ChildProcess serving = child;
      return serving == null ? 0 : serving.pid();
    }

    boolean awaitEnd(long until) {
      if (thread.getState() == Thread.State.NEW) {
        return endUnwatched();
      }
      try {
        thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        ChildProcess serving = child;
        if (thread.isAlive() && serving != null) {
          serving.kill();
          finished = false;
          thread.join();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
      return finished;
    }

    /// There was no thread for it, or not even a process.
    private boolean endUnwatched() {
      ChildProcess unwatched = child;
      if (unwatched != null) {
        unwatched.kill();
        watch(unwatched);
        unwatched.awaitEnd();
      }
      return true;
    }

    @Override
    public void run() {
      ChildProcess serving = child;
      while (serving != null) {
        long from = System.nanoTime();
        watch(serving);
        int status = serving.awaitEnd();
        ready.countDown();
        if (leaving || !started) {
          finished = status == 0;
          return;
        }
        LOG.log(
            System.Logger.Level.WARNING,
            "replace worker=%d pid=%d status=%d".formatted(number, serving.pid(), status));
        serving = successor(System.nanoTime() - from);
      }
    }

    /// Reads what a worker reports until it ends. What it had open then is closed with it.
    private void watch(ChildProcess serving) {
      long open = 0;
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(serving.figures(), US_ASCII))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.equals(Worker.READY)) {
            started = true;
            ready.countDown();
          } else {
            open += WorkerCounters.replay(line, observer);
          }
        }
      } catch (IOException | IllegalArgumentException unreadable) {
        LOG.log(System.Logger.Level.ERROR, "figures of worker " + number, unreadable);
        serving.kill();
      }
      for (; open > 0; open--) {
        // A worker that was killed could not report it.
        observer.closed();
      }
    }

    private @Nullable ChildProcess successor(long livedNanos) {
      long pause = REPLACE_PAUSE.toNanos() - livedNanos;
      while (!leaving) {
        if (pause > 0) {
          awaitAMoment(pause);
        }
        synchronized (this) {
          try {
            child = leaving ? null : spawner.spawn(command.apply(number), listener);
            if (child != null && serves) {
              child.order(Worker.SERVE);
            }
            return child;
          } catch (IOException failure) {
            LOG.log(System.Logger.Level.ERROR, "start worker " + number, failure);
            pause = REPLACE_PAUSE.toNanos();
          }
        }
      }
      return null;
    }

    private void awaitAMoment(long nanos) {
      try {
        TimeUnit.NANOSECONDS.sleep(nanos);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
