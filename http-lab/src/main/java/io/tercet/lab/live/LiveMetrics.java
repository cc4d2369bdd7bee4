package io.tercet.lab.live;

import io.tercet.http.concurrency.Trait;
import io.tercet.http.server.RunningServer;
import io.tercet.lab.proc.ListenQueue;
import io.tercet.lab.proc.ProcessUsage;
import io.tercet.lab.proc.TcpStates;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// The metrics of this server at this moment, as JSON.
///
/// Counters only grow, so a reader who asks twice can tell what happened in between. The kernel is
/// asked at most twice a second, however many readers there are. Beside what the server uses now
/// stands what it used when nobody was connected; the difference is what the connections use.
///
/// Threading: guarded by itself.
final class LiveMetrics {
  private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

  private final RunningServer server;
  private final ResponseTimeHistogram times;
  private final ListenQueue begin = ListenQueue.now();
  private String text = "";
  private long takenAt;
  private long cpuMillis;
  private ProcessUsage idle = ProcessUsage.of(ProcessHandle.current());

  LiveMetrics(RunningServer server, ResponseTimeHistogram times) {
    this.server = server;
    this.times = times;
  }

  synchronized String json(long now) {
    if (text.isEmpty() || now - takenAt >= FRESH_NANOS) {
      text = take(now);
      takenAt = now;
    }
    return text;
  }

  private String take(long now) {
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current());
    int connections = server.connections();
    if (connections == 0) {
      idle = usage;
    }
    // A worker that ends while the processes are read one after the other may be missed once.
    cpuMillis = Math.max(cpuMillis, usage.cpuMillis());
    TcpStates states = TcpStates.ofPort(server.address().getPort());
    ListenQueue queue = ListenQueue.now().since(begin);
    return """
    {"timeMillis":%d,"model":%s,"models":[%s],"requests":%d,"connections":%d,"cpuMillis":%d,\
    "memoryKib":%d,"threads":%d,"descriptors":%d,"processes":%d,"times":%s,\
    "idle":{"memoryKib":%d,"threads":%d,"descriptors":%d},"states":{%s},\
    "overflows":%d,"drops":%d}
    """
        .formatted(
            now / 1_000_000,
            quoted(server.model()),
            server.models().stream().map(LiveMetrics::quoted).collect(Collectors.joining(",")),
            server.requests(),
            connections,
            cpuMillis,
            usage.memoryKib(),
            usage.threads(),
            usage.descriptors(),
            usage.processes(),
            times(),
            idle.memoryKib(),
            idle.threads(),
            idle.descriptors(),
            List.of(TcpStates.State.values()).stream()
                .filter(state -> isShown(state, states))
                .map(state -> "\"%s\":%d".formatted(state, states.atServer(state)))
                .collect(Collectors.joining(",")),
            queue.overflows(),
            queue.drops());
  }

  /// The three that teach something, always; others when there are any.
  private static boolean isShown(TcpStates.State state, TcpStates states) {
    return switch (state) {
      case ESTABLISHED, CLOSE_WAIT, TIME_WAIT -> true;
      default -> states.atServer(state) > 0;
    };
  }

  /// Worker processes do not tell how long their responses took.
  private String times() {
    return server.traits().contains(Trait.OTHER_PROCESSES) ? "null" : pairs(times.counts());
  }

  private static String pairs(SortedMap<Long, Long> times) {
    return times.entrySet().stream()
        .map(step -> "[%d,%d]".formatted(step.getKey(), step.getValue()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Names of models are words of our own; what could end a text is still not let through.
  private static String quoted(String word) {
    return "\"" + word.replaceAll("[^\\w.-]", "_") + "\"";
  }
}
