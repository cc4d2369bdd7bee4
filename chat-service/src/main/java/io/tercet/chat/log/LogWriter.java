package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
///   at fault is refused. If the database is out of service, it refuses the batch and the queue.
///   `service-unavailable` always means that nothing was written.
/// - Unknown outcomes: if the database does not say in time what became of a batch, its callers get
///   `service-timeout`, and every command is refused until the database says it. If the batch was
///   committed, the listener hears of it then.
/// - Threading: any thread may submit. Before the writer stops it writes what is queued; a command
///   that comes later is refused. No failure ends its thread.
@Component
@EnableConfigurationProperties(LogSettings.class)
public class LogWriter implements SmartLifecycle {

  /// After the database, before the doors: the web server starts later and stops earlier.
  public static final int PHASE = Integer.MIN_VALUE + 100;

  private static final Logger log = LoggerFactory.getLogger(LogWriter.class);

  private final LogStore store;
  private final CommitListener listener;
  private final LogSettings settings;
  private final InstantSource clock;
  private final BlockingQueue<Pending> queue;
  private volatile @Nullable Thread thread;
  private volatile boolean accepting;
  private volatile boolean ended;

  /// Completes when the outcome of the last batch is known and its entries are announced.
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  record Pending(@Nullable LogCommand command, CompletableFuture<CommandResult> result) {}

  LogWriter(LogStore store, CommitListener listener, LogSettings settings, InstantSource clock) {
    this.store = store;
    this.listener = listener;
    this.settings = settings;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(settings.queueMax());
  }

  /// Queues a command. What the rules refuse is a [CommandResult.Rejected]. The future completes
  /// with a [ProblemException] if the command was not written (`service-unavailable`) or if nobody
  /// knows (`service-timeout`).
  public CompletableFuture<CommandResult> submit(LogCommand command) {
    return queue(command).result();
  }

  /// Queues a command and waits for its result, at most [LogSettings#waitMax]. A command that still
  /// waits in the queue then is withdrawn.
  public CommandResult execute(LogCommand command) {
    Pending pending = queue(command);
    try {
      return pending.result().get(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("the log failed", e.getCause());
    } catch (TimeoutException e) {
      throw withdrawn(pending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw withdrawn(pending);
    }
  }

  /// Whether the thread that writes is there.
  boolean isWriting() {
    Thread writer = thread;
    return writer != null && writer.isAlive();
  }

  private ProblemException withdrawn(Pending pending) {
    return queue.remove(pending) ? unavailable("It was not written.") : unknown();
  }

  private Pending queue(LogCommand command) {
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
    return pending;
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
          write(List.copyOf(batch));
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      queue.drainTo(batch);
      batch.forEach(left -> refuse(left, "Not written."));
    }
  }

  /// Writes a batch; false if the database is out of service.
  private boolean write(List<Pending> batch) {
    if (!last.isDone()) {
      batch.forEach(pending -> refuse(pending, "The database does not answer."));
      return false;
    }
    List<LogCommand> commands = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (pending.command() != null) {
        commands.add(pending.command());
      }
    }
    CompletableFuture<List<CommandResult>> outcome = apply(commands);
    boolean known = outcome.isDone();
    last = outcome.thenAccept(results -> announce(commands, results));
    if (!known) {
      log.error("log batch not answered: commands={}", batch.size());
      batch.forEach(pending -> pending.result().completeExceptionally(unknown()));
    } else if (outcome.isCompletedExceptionally()) {
      return failed(batch, outcome.exceptionNow());
    } else {
      List<CommandResult> results = outcome.resultNow();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    }
    return known;
  }

  /// Whatever the store throws, also an [Error], fails this batch and not the writer.
  private CompletableFuture<List<CommandResult>> apply(List<LogCommand> commands) {
    try {
      return store.apply(commands, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /// None of the batch was written. Returns false if the database is out of service.
  private boolean failed(List<Pending> batch, Throwable failure) {
    if (failure instanceof ProblemException) {
      // Those in the queue would only wait longer for the same answer.
      List<Pending> waiting = new ArrayList<>(batch);
      queue.removeIf(pending -> pending.command() != null && waiting.add(pending));
      waiting.forEach(pending -> refuse(pending, "The database is out of service."));
      return false;
    }
    if (batch.size() == 1) {
      log.error("log command failed", failure);
      refuse(batch.getFirst(), "It could not be written.");
      return true;
    }
    log.warn("log batch failed: commands={} cause={}", batch.size(), failure.toString());
    boolean inService = true;
    for (Pending pending : batch) {
      if (inService) {
        inService = write(List.of(pending));
      } else {
        refuse(pending, "The database is out of service.");
      }
    }
    return inService;
  }

  private static void refuse(Pending pending, String detail) {
    pending.result().completeExceptionally(unavailable(detail));
  }

  private void announce(List<LogCommand> commands, List<CommandResult> results) {
    Map<RoomId, List<Entry>> written = new LinkedHashMap<>();
    Set<PersonId> admitted = new LinkedHashSet<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof CommandResult.Appended(Entry entry, List<PersonId> people)) {
        written.computeIfAbsent(commands.get(i).roomId(), room -> new ArrayList<>()).add(entry);
        admitted.addAll(people);
      }
    }
    written.forEach(this::announce);
    if (!admitted.isEmpty()) {
      announce(admitted);
    }
  }

  /// It is committed: a listener's fault must not make it look as if it were not.
  private void announce(RoomId roomId, List<Entry> entries) {
    try {
      listener.committed(roomId, entries);
    } catch (RuntimeException | Error e) {
      log.error("commit not announced: roomId={} seq={}", roomId, entries.getFirst().seq(), e);
    }
  }

  private void announce(Set<PersonId> admitted) {
    try {
      listener.admitted(admitted);
    } catch (RuntimeException | Error e) {
      log.error("new members not announced: people={}", admitted.size(), e);
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.SERVICE_TIMEOUT, "It may have been written. Repeat it under the same id.");
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, detail);
  }
}
