package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The real writer of the log with its own thread, which stops at every batch until a test says
/// what becomes of it. So only one thread runs at any time, and the same steps give the same
/// batches.
///
/// Threading: one thread of the test.
public final class SteppedLogWriter {

  private static final int PATIENCE_SECONDS = 30;
  private static final LogSettings SETTINGS =
      new LogSettings(4_096, 512, Duration.ofSeconds(PATIENCE_SECONDS), 200, 1_000);

  private final Gate gate;
  private final Counted writer;

  /// What becomes of a batch.
  @FunctionalInterface
  public interface Outcome {

    /// As [LogStore#apply].
    CompletableFuture<List<CommandResult>> of(List<LogCommand> commands, Instant now);
  }

  private record Batch(List<LogCommand> commands, Instant now) {}

  /// Hands batches from the thread of the writer to that of the test, and outcomes back.
  private static final class Gate implements LogStore {

    private final LogReader reader;
    private @Nullable Batch batch;
    private @Nullable Outcome outcome;
    private int unfinished;
    private final List<Runnable> untold = new ArrayList<>();

    Gate(LogReader reader) {
      this.reader = reader;
    }

    @Override
    public synchronized CompletableFuture<List<CommandResult>> apply(
        List<LogCommand> commands, Instant now) {
      batch = new Batch(commands, now);
      notifyAll();
      while (outcome == null) {
        await();
      }
      Outcome chosen = outcome;
      outcome = null;
      return chosen.of(commands, now);
    }

    synchronized boolean holdsBatch() {
      return batch != null;
    }

    void release(Outcome chosen) {
      synchronized (this) {
        batch = null;
        outcome = chosen;
        notifyAll();
      }
      awaitQuiet();
    }

    synchronized void begun() {
      unfinished++;
    }

    synchronized void finished(Runnable tell) {
      unfinished--;
      untold.add(tell);
      notifyAll();
    }

    /// Waits until the writer has a batch for the test, or nothing to do. Then tells the results
    /// here: who hears of one on the writer's thread could do so while the test goes on.
    void awaitQuiet() {
      List<Runnable> results;
      synchronized (this) {
        while (outcome != null || (batch == null && unfinished > 0)) {
          await();
        }
        results = List.copyOf(untold);
        untold.clear();
      }
      results.forEach(Runnable::run);
    }

    private void await() {
      try {
        wait(Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<Entry> after(RoomId roomId, long after, int limit) {
      return reader.after(roomId, after, limit);
    }

    @Override
    public List<Entry> before(RoomId roomId, long before, int limit) {
      return reader.before(roomId, before, limit);
    }

    @Override
    public List<CurrentEntry> current(RoomId roomId, PersonId viewer, long from, long to) {
      return reader.current(roomId, viewer, from, to);
    }

    @Override
    public List<CurrentEntry> current(RoomId roomId, PersonId viewer, Collection<Long> seqs) {
      return reader.current(roomId, viewer, seqs);
    }

    @Override
    public List<CurrentEntry> replies(
        RoomId roomId, PersonId viewer, long origin, long after, int limit) {
      return reader.replies(roomId, viewer, origin, after, limit);
    }

    @Override
    public List<CurrentEntry> pinned(RoomId roomId, PersonId viewer, int limit) {
      return reader.pinned(roomId, viewer, limit);
    }

    @Override
    public Map<RoomId, Long> lastSeqs(Collection<RoomId> roomIds) {
      return reader.lastSeqs(roomIds);
    }

    @Override
    public boolean isShared() {
      return reader.isShared();
    }
  }

  /// Knows whether a command has no result yet, and lets the test's thread tell the result.
  private static final class Counted extends LogWriter {

    private final Gate gate;

    Counted(Gate gate, CommitListener listener, InstantSource clock) {
      super(gate, listener, SETTINGS, clock);
      this.gate = gate;
    }

    @Override
    public CompletableFuture<CommandResult> submit(LogCommand command) {
      gate.begun();
      CompletableFuture<CommandResult> told = new CompletableFuture<>();
      try {
        var _ =
            super.submit(command)
                .whenComplete((done, failure) ->
                    gate.finished(() -> {
                      if (failure == null) {
                        told.complete(done);
                      } else {
                        told.completeExceptionally(failure);
                      }
                    }));
        return told;
      } catch (RuntimeException refused) {
        gate.finished(() -> {});
        throw refused;
      }
    }
  }

  public SteppedLogWriter(LogReader reader, CommitListener listener, InstantSource clock) {
    gate = new Gate(reader);
    writer = new Counted(gate, listener, clock);
    writer.start();
  }

  /// The writer; only [LogWriter#submit] may be called, and [#awaitQuiet] after it.
  public LogWriter writer() {
    return writer;
  }

  public static LogSettings settings() {
    return SETTINGS;
  }

  /// Lets the writer do what it does without an outcome.
  public void awaitQuiet() {
    gate.awaitQuiet();
  }

  /// Whether a batch waits for its outcome.
  public boolean holdsBatch() {
    return gate.holdsBatch();
  }

  /// Gives the batch its outcome, and waits until the writer needs another one or nothing.
  public void release(Outcome outcome) {
    gate.release(outcome);
  }

  /// Ends the thread.
  public void stop() {
    writer.stop();
  }
}
