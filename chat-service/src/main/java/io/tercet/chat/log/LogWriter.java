package io.tercet.chat.log;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The one writer of every room's log.
///
/// Group commit: its thread takes all queued commands (at most [LogSettings#batchMax]) into one
/// transaction. While the database flushes it, the next batch gathers in the queue. So all commands
/// of a batch share the cost of one flush, and a single message does not wait for others.
///
/// - Order: the writer executes commands in the order of [#submit]. The listener gets a room's
///   entries in the order of `seq`. A future completes after the commit and after the listener.
/// - Bounds: the queue holds [LogSettings#queueMax]. When it is full, a caller waits at most
///   [LogSettings#waitMax] and then gets `service-unavailable`.
/// - Errors: when a batch fails, the writer repeats it command by command, so that only the command
///   at fault is refused.
/// - Threading: any thread may submit. Before the writer stops it writes what is queued; a command
///   that comes later is refused.
@Component
@EnableConfigurationProperties(LogSettings.class)
public class LogWriter implements SmartLifecycle {

  /// After the database, before the doors: the web server starts later and stops earlier.
  static final int PHASE = Integer.MIN_VALUE + 100;

  private static final Logger log = LoggerFactory.getLogger(LogWriter.class);

  private final LogStore store;
  private final CommitListener listener;
  private final LogSettings settings;
  private final InstantSource clock;
  private final BlockingQueue<Pending> queue;
  private volatile @Nullable Thread thread;
  private volatile boolean accepting;
  private volatile boolean ended;

  record Pending(@Nullable LogCommand command, CompletableFuture<CommandResult> result) {}

  LogWriter(LogStore store, CommitListener listener, LogSettings settings, InstantSource clock) {
    this.store = store;
    this.listener = listener;
    this.settings = settings;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(settings.queueMax());
  }

  /// Queues a command. What the rules refuse is a [CommandResult.Rejected]. The future completes
  /// with a `service-unavailable` [ProblemException] if the command could not be written.
  public CompletableFuture<CommandResult> submit(LogCommand command) {
    if (!accepting) {
      throw unavailable("The service is stopping.");
    }
    Pending pending = new Pending(command, new CompletableFuture<>());
    if (!enqueue(pending)) {
      throw unavailable("Too much is being written.");
    }
    if (ended && queue.remove(pending)) {
      // The writer ended between the check and the queue.
      throw unavailable("The service is stopping.");
    }
    return pending.result();
  }

  /// Waits for space in the queue; false if there is none in time.
  boolean enqueue(Pending pending) {
    try {
      return queue.offer(pending, settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("Interrupted while waiting.");
    }
  }

  @Override
  public void start() {
    ended = false;
    accepting = true;
    // The field is set before the thread runs, so its own commands see it.
    Thread writer = Thread.ofPlatform().name("log-writer").unstarted(this::run);
    thread = writer;
    writer.start();
  }

  @Override
  public void stop() {
    accepting = false;
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      // A command of null marks the end; the writer first writes what is queued before it.
      if (enqueue(new Pending(null, new CompletableFuture<>()))) {
        running.join(settings.waitMax().toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private void run() {
    List<Pending> batch = new ArrayList<>();
    boolean stopping = false;
    try {
      while (!stopping) {
        batch.add(queue.take());
        queue.drainTo(batch, settings.batchMax() - 1);
        stopping = batch.removeIf(pending -> pending.command() == null);
        if (!batch.isEmpty()) {
          write(batch);
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      queue.drainTo(batch);
      batch.forEach(left -> left.result().completeExceptionally(unavailable("Not written.")));
    }
  }

  private void write(List<Pending> batch) {
    try {
      commit(batch);
    } catch (RuntimeException e) {
      log.warn("log batch failed: commands={} cause={}", batch.size(), e.toString());
      batch.forEach(this::writeAlone);
    }
  }

  private void writeAlone(Pending pending) {
    try {
      commit(List.of(pending));
    } catch (RuntimeException e) {
      log.error("log command failed: cause={}", e.toString());
      pending.result().completeExceptionally(unavailable("It could not be written."));
    }
  }

  private void commit(List<Pending> batch) {
    List<LogCommand> commands = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (pending.command() != null) {
        commands.add(pending.command());
      }
    }
    List<CommandResult> results =
        store.apply(commands, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    announce(commands, results);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).result().complete(results.get(i));
    }
  }

  private void announce(List<LogCommand> commands, List<CommandResult> results) {
    Map<RoomId, List<Entry>> written = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof CommandResult.Appended(Entry entry)) {
        written.computeIfAbsent(commands.get(i).roomId(), room -> new ArrayList<>()).add(entry);
      }
    }
    written.forEach(this::announce);
  }

  /// It is committed: a listener's fault must not make it look as if it were not.
  private void announce(RoomId roomId, List<Entry> entries) {
    try {
      listener.committed(roomId, entries);
    } catch (RuntimeException e) {
      log.error("commit not announced: roomId={} seq={}", roomId, entries.getFirst().seq(), e);
    }
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, detail);
  }
}
