package io.tercet.chat.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.TestFrames;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.log.SteppedLogWriter;
import io.tercet.chat.presence.TestPresence;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.TestRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.springframework.util.unit.DataSize;

/// One chat-service from the frames of its connections to the database: the real writer of the log,
/// the real delivery, and everything around them simulated.
final class SimulatedReplica {

  private static final String EPOCH = "first";

  /// Small, so that a few entries fill each queue and take several pages.
  private static final DeliverySettings SETTINGS =
      new DeliverySettings(
          100,
          20,
          100,
          5,
          3,
          DataSize.ofKilobytes(1),
          8,
          Duration.ofMillis(250),
          2,
          DataSize.ofKilobytes(2),
          Duration.ofSeconds(2),
          1,
          6,
          Duration.ofSeconds(5),
          10,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  private static final OutboundSettings OUTBOUND =
      new OutboundSettings(
          DataSize.ofKilobytes(3),
          DataSize.ofKilobytes(1),
          DataSize.ofKilobytes(4),
          DataSize.ofKilobytes(60),
          DataSize.ofKilobytes(30),
          DataSize.ofKilobytes(2));

  final ConnectionHandler handler;
  final SteppedLogWriter log;
  final Rooms rooms;
  final MessagePages pages;
  private final RandomGenerator random;
  private final SimulatedStore store;
  private final Fanout fanout;
  private final List<Runnable> lateAnswers = new ArrayList<>();
  private boolean dead;

  SimulatedReplica(
      RandomGenerator random, SimulatedStore store, SimulatedTime time, SimulatedHints hints) {
    this.random = random;
    this.store = store;
    FrameWriter frames = TestFrames.writer();
    DeliveryMetrics metrics = new DeliveryMetrics(new SimpleMeterRegistry());
    Connections connections = new Connections(SETTINGS, OUTBOUND, metrics);
    PageTurns turns = new PageTurns(SETTINGS, connections);
    DeliveryThreads threads = time.threads(this);
    CatchUp catchUp = new CatchUp(store, frames, SETTINGS, metrics, threads, turns);
    fanout =
        new Fanout(
            connections,
            OUTBOUND,
            metrics,
            catchUp,
            hints.of(this),
            new RoomChannel.Context(frames, SETTINGS, threads, TestPresence.alone()));
    poll(time, new RoomPoll(store, fanout, SETTINGS));
    log =
        new SteppedLogWriter(
            store,
            (roomId, entries) -> {
              if (!dead) {
                fanout.committed(roomId, entries);
              }
            },
            time);
    rooms = TestRooms.over(store.rooms(), store, log.writer(), SteppedLogWriter.settings());
    pages = new MessagePages(rooms, frames, OUTBOUND, turns);
    handler = new ConnectionHandler(rooms, fanout, connections, frames, pages, epoch(), time);
  }

  private void poll(SimulatedTime time, RoomPoll poll) {
    time.startLater(
        this,
        SETTINGS.pollPeriod(),
        () -> {
          poll.lookUp();
          poll(time, poll);
        });
  }

  private static LogEpoch epoch() {
    LogEpoch epoch = mock(LogEpoch.class, withSettings().stubOnly());
    when(epoch.value()).thenReturn(EPOCH);
    when(epoch.is(any())).thenAnswer(call -> EPOCH.equals(call.getArgument(0)));
    return epoch;
  }

  boolean isDead() {
    return dead;
  }

  void hear(Hint hint) {
    fanout.heard(hint);
  }

  /// Whether a batch waits for the database, or the database for its late answer.
  boolean hasDatabaseWork() {
    return !dead && (log.holdsBatch() || !lateAnswers.isEmpty());
  }

  /// Lets the database do its next step; `faults` is the part of them that goes wrong.
  void stepDatabase(double faults) {
    if (!lateAnswers.isEmpty() && (!log.holdsBatch() || random.nextBoolean())) {
      lateAnswers.removeFirst().run();
      log.awaitQuiet();
      return;
    }
    boolean fails = random.nextDouble() < faults;
    int kind = random.nextInt(3);
    log.release((commands, now) -> {
      if (!fails) {
        return CompletableFuture.completedFuture(store.commit(commands, now));
      }
      return switch (kind) {
        case 0 -> CompletableFuture.failedFuture(SimulatedStore.away());
        case 1 -> throw new IllegalStateException("a statement failed");
        default -> late(commands, now);
      };
    });
  }

  /// Commits or does not, and says so later.
  private CompletableFuture<List<CommandResult>> late(List<LogCommand> commands, Instant now) {
    CompletableFuture<List<CommandResult>> answer = new CompletableFuture<>();
    if (random.nextBoolean()) {
      var results = store.commit(commands, now);
      lateAnswers.add(() -> answer.complete(results));
    } else {
      lateAnswers.add(() -> answer.completeExceptionally(SimulatedStore.away()));
    }
    return answer;
  }

  /// Ends it as `kill -9` does: what it was about to commit is committed or not, and nobody hears.
  void kill() {
    dead = true;
    boolean commits = random.nextBoolean();
    while (log.holdsBatch()) {
      log.release((commands, now) -> {
        if (commits) {
          store.commit(commands, now);
        }
        return CompletableFuture.failedFuture(SimulatedStore.away());
      });
    }
    log.stop();
  }
}
