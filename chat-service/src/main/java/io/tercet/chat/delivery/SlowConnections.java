package io.tercet.chat.delivery;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.SendBudget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Makes room when too much waits to be sent to all connections together.
///
/// Above the high mark of the budget, the connections for which most waits are told that they are
/// behind: their subscriptions end, so nothing more gathers for them. One that reads nothing for
/// [DeliverySettings#slowMax] after that is closed with `SLOW`. Above the whole budget there is no
/// time for this: those for which most waits are ended at once.
///
/// Threading: a task of Spring's scheduler runs the rounds. The monitor, which keeps two rounds
/// apart, is outermost.
@Component
class SlowConnections {

  private static final Logger log = LoggerFactory.getLogger(SlowConnections.class);
  private static final Comparator<Backlog> LONGEST_FIRST =
      Comparator.comparingInt(Backlog::bytes).reversed();

  private final Connections connections;
  private final CatchUp catchUp;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final Clock clock;

  /// Connections that were told that they are behind.
  private final Map<Connection, Told> told = new HashMap<>();

  private record Backlog(Connection connection, int bytes) {}

  /// When, and the place in the queue up to which it must have read in time.
  private record Told(long nanos, int mark) {}

  SlowConnections(
      Connections connections,
      CatchUp catchUp,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      Clock clock) {
    this.connections = connections;
    this.catchUp = catchUp;
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// One round.
  @Scheduled(fixedRate = 250, timeUnit = TimeUnit.MILLISECONDS)
  synchronized void makeRoom() {
    int closed = closeThoseThatDoNotRead();
    SendBudget budget = connections.budget();
    long used = budget.used();
    int aborted = 0;
    int behind = 0;
    if (used > budget.bytesMax()) {
      aborted = abortLongest(used - budget.high());
    } else if (used > budget.high()) {
      behind = tellLongest(used - budget.bytesMax() / 2);
    }
    if (closed + aborted + behind > 0) {
      log.warn(
          "too much waits to be sent: bytes={} of={} toldBehind={} closed={} aborted={}",
          used,
          budget.bytesMax(),
          behind,
          closed,
          aborted);
    }
  }

  private int closeThoseThatDoNotRead() {
    long nowNanos = clock.monotonicTime();
    told.keySet().removeIf(connection -> connection.sendQueue().isClosed());
    told.entrySet()
        .removeIf(entry -> entry.getKey().sendQueue().hasWritten(entry.getValue().mark()));
    List<Connection> late = new ArrayList<>();
    told.forEach((connection, when) -> {
      if (nowNanos - when.nanos() > settings.slowMax().toNanos()) {
        late.add(connection);
      }
    });
    for (Connection connection : late) {
      told.remove(connection);
      connection.close(CloseReason.SLOW);
      metrics.endedSlow();
    }
    return late.size();
  }

  /// Tells connections that they are behind until those that were told hold so many bytes.
  private int tellLongest(long bytes) {
    long waiting = 0;
    for (Connection connection : told.keySet()) {
      waiting += connection.sendQueue().unsent();
    }
    int count = 0;
    for (Backlog longest : backlogs()) {
      if (waiting >= bytes) {
        break;
      }
      Connection connection = longest.connection();
      if (!told.containsKey(connection)) {
        List.copyOf(connection.subscriptions().values()).forEach(catchUp::fallBehind);
        told.put(connection, new Told(clock.monotonicTime(), connection.sendQueue().mark()));
        waiting += longest.bytes();
        count++;
      }
    }
    return count;
  }

  private int abortLongest(long bytes) {
    long freed = 0;
    int count = 0;
    for (Backlog longest : backlogs()) {
      if (freed >= bytes) {
        break;
      }
      longest.connection().abort();
      metrics.endedSlow();
      freed += longest.bytes();
      count++;
    }
    return count;
  }

  private List<Backlog> backlogs() {
    List<Backlog> backlogs = new ArrayList<>();
    connections.forEach(connection -> {
      int bytes = connection.sendQueue().unsent();
      if (bytes > 0) {
        backlogs.add(new Backlog(connection, bytes));
      }
    });
    backlogs.sort(LONGEST_FIRST);
    return backlogs;
  }
}
