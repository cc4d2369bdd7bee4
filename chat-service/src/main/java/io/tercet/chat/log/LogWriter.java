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
/// Group commit: its thread takes everything that is queued (at most [LogSettings#batchMax]) into
/// one transaction. While that is being flushed to the disk the next batch gathers by itself, so
/// the cost of a flush is shared by as many as are waiting, and a lone message waits for nobody.
///
/// - Order: commands are carried out in the order of [#submit]; listeners hear of a room's entries
///   in the order of `seq`; a future completes after the commit and after the listeners.
/// - Bounds: the queue holds [LogSettings#queueMax]; whoever submits more waits, then is refused.
/// - Failure: a batch that fails is tried again one by one, so that only the culprit is refused.
/// - Threading: any thread may submit. What it stops with in its queue is written before it stops.
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

  private record Pending(@Nullable LogCommand command, CompletableFuture<CommandResult> outcome) {}

  LogWriter(LogStore store, CommitListener listener, LogSettings settings, InstantSource clock) {
    this.store = store;
    this.listener = listener;
    this.settings = settings;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(settings.queueMax());
  }

  /// Queues a command. The future completes exceptionally with a [ProblemException] only when the database
  /// failed; what the rules refuse is an [CommandResult.Rejected].
  public CompletableFuture<CommandResult> submit(LogCommand command) {
    CompletableFuture<CommandResult> outcome = new CompletableFuture<>();
    if (!accepting) {
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The service is stopping.");
    }
    try {
      Pending pending = new Pending(command, outcome);
      if (!queue.offer(pending, settings.waitMax().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "Too much is being written.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "Interrupted while waiting.");
    }
    return outcome;
  }

  @Override
  public void start() {
    accepting = true;
    thread = Thread.ofPlatform().name("log-writer").start(this::run);
  }

  @Override
  public void stop() {
    accepting = false;
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      // A command that nobody waits for marks the end; everything before it is written first.
      Pending end = new Pending(null, new CompletableFuture<>());
      if (queue.offer(end, settings.waitMax().toMillis(), TimeUnit.MILLISECONDS)) {
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
    while (!stopping) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        return;
      }
      queue.drainTo(batch, settings.batchMax() - 1);
      stopping = batch.removeIf(pending -> pending.command() == null);
      if (!batch.isEmpty()) {
        write(batch);
      }
      batch.clear();
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
      pending
          .outcome()
          .completeExceptionally(
              new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "It could not be written."));
    }
  }

  private void commit(List<Pending> batch) {
    List<LogCommand> commands = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      if (pending.command() != null) {
        commands.add(pending.command());
      }
    }
    List<CommandResult> outcomes =
        store.apply(commands, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    announce(commands, outcomes);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).outcome().complete(outcomes.get(i));
    }
  }

  private void announce(List<LogCommand> commands, List<CommandResult> outcomes) {
    Map<RoomId, List<Entry>> written = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof CommandResult.Appended(Entry entry)) {
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
}
