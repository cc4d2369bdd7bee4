package io.tercet.lab.comparison;

import io.tercet.lab.load.LoadGenerator;
import io.tercet.lab.load.LoadResult;
import io.tercet.lab.load.Workload;
import io.tercet.lab.proc.ProcessUsage;
import io.tercet.lab.proc.TcpStates;
import io.tercet.lab.text.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Gives every model the same workload, one after another, and measures it.
///
/// Each model serves from a process of its own, which is warmed up before it is measured; this
/// process makes the load. Figures that are expensive to read are read after the measurement, while
/// the connections are still open.
///
/// - Bounds: each trial ends, whatever the server does: [#CONNECT], [#TAKE], [ComparisonPlan#time],
///   [#SETTLE].
/// - Threading: one thread at a time.
public final class Comparison {
  private static final Duration CONNECT = Duration.ofSeconds(8);

  /// Ten thousand threads take long to start.
  private static final Duration TAKE = Duration.ofSeconds(8);

  private static final Duration TAKES_NO_MORE = Duration.ofMillis(300);
  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final Duration FINISH = Duration.ofMillis(100);
  private static final Duration WARM_UP_MIN = Duration.ofMillis(1500);

  /// Up to here the kernel's table is short enough to be read during a measurement.
  private static final int CENSUS_CONNECTIONS_MAX = 1_000;

  private final List<String> serverCommand;
  private final Consumer<String> progress;
  private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /// @param serverCommand starts a server, without its options
  /// @param progress is told a line for each trial
  public Comparison(List<String> serverCommand, Consumer<String> progress) {
    this.serverCommand = List.copyOf(serverCommand);
    this.progress = progress;
  }

  /// Measures all trials of the plan.
  ///
  /// @param scratch folder for what is served and for the servers' logs
  /// @throws IOException if the folder cannot be used
  public List<Trial> run(ComparisonPlan plan, Path scratch)
      throws IOException, InterruptedException {
    Path site = Files.createDirectories(scratch.resolve("site"));
    Files.write(site.resolve("small.txt"), filled(Scenario.SMALL_BYTES));
    Files.write(site.resolve("large.bin"), filled(Scenario.LARGE_BYTES));
    List<String> handlers =
        Arrays.stream(Scenario.values()).map(Scenario::handler).distinct().toList();
    List<Trial> trials = new ArrayList<>();
    for (ComparisonPlan.Candidate candidate : plan.candidates()) {
      for (String handler : handlers) {
        trials.addAll(served(plan, candidate, handler, site));
      }
    }
    return trials;
  }

  /// Lets the short accept queue of a listener overflow; empty if the server does not start.
  ///
  /// @param scratch as of [#run]
  public Optional<AcceptQueueOverflow> overflowAcceptQueue(Path scratch) throws IOException {
    Path site = Files.createDirectories(scratch.resolve("site"));
    try {
      AcceptQueueOverflow overflow = AcceptQueueOverflow.measure(serverCommand, site);
      progress.accept(
          "%d clients of a queue of %d × %d: %d overflows, %d dropped"
              .formatted(
                  overflow.clients(),
                  overflow.listeners(),
                  overflow.backlog(),
                  overflow.queue().overflows(),
                  overflow.queue().drops()));
      return Optional.of(overflow);
    } catch (IOException notUp) {
      progress.accept("no full queue: " + notUp.getMessage());
      return Optional.empty();
    }
  }

  private List<Trial> served(
      ComparisonPlan plan, ComparisonPlan.Candidate candidate, String handler, Path site)
      throws InterruptedException {
    List<Trial> trials = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.start(serverCommand, site, candidate.model(), handler, List.of())) {
      ProcessUsage idle = warm(server, scenarios(handler).getFirst(), plan.time());
      for (Point point : points(plan, handler)) {
        trials.add(
            reported(
                candidate,
                point,
                point.connections() > candidate.max(point.scenario())
                    ? new Trial.Skipped(candidate.reason())
                    : measured(server, point, plan.time(), idle)));
      }
    } catch (IOException notUp) {
      Trial.Skipped skipped = new Trial.Skipped("did not start: " + notUp.getMessage());
      trials.clear();
      for (Point point : points(plan, handler)) {
        trials.add(reported(candidate, point, skipped));
      }
    }
    return trials;
  }

  /// Lets the server's code be compiled, and reads what the server uses without connections.
  private ProcessUsage warm(ServerProcess server, Scenario scenario, Duration time)
      throws InterruptedException {
    Workload workload = workload(server, new Point(scenario, Scenario.QUICK));
    try (LoadGenerator load = LoadGenerator.start(workload)) {
      load.awaitConnected(CONNECT);
      load.startRequests();
      pause(time.compareTo(WARM_UP_MIN) > 0 ? time : WARM_UP_MIN);
      load.stop();
    }
    settled(server);
    return server.usage();
  }

  private Measurement measured(ServerProcess server, Point point, Duration time, ProcessUsage idle)
      throws InterruptedException {
    TcpStates left = TcpStates.ofPort(server.port());
    Workload workload = workload(server, point);
    int connected;
    TcpStates during = TcpStates.NONE;
    long cpuMillis;
    ProcessUsage usage;
    LoadResult result;
    try (LoadGenerator load = LoadGenerator.start(workload)) {
      load.awaitConnected(CONNECT);
      awaitTaken(server, idle.descriptors() + point.connections());
      load.startRequests();
      pause(time.dividedBy(4));
      connected = load.connected();
      cpuMillis = server.cpuMillis();
      load.startMeasuring();
      pause(time.dividedBy(2));
      if (point.connections() <= CENSUS_CONNECTIONS_MAX) {
        during = TcpStates.ofPort(server.port());
      }
      pause(time.dividedBy(2));
      cpuMillis = server.cpuMillis() - cpuMillis;
      load.stopMeasuring();
      usage = server.usage();
      if (point.connections() > CENSUS_CONNECTIONS_MAX) {
        during = TcpStates.ofPort(server.port());
      }
      pause(FINISH);
      result = load.stop();
    }
    TcpStates after = settled(server);
    return new Measurement(
        summary(result, connected, cpuMillis), usage, idle, during, after.since(left));
  }

  /// Waits until the server has accepted all connections, or accepts no more of them. A model that
  /// cannot hold all of them is measured with those that it holds.
  private static void awaitTaken(ServerProcess server, int descriptors) {
    long begun = System.nanoTime();
    long grown = begun;
    int most = 0;
    while (most < descriptors
        && System.nanoTime() - begun < TAKE.toNanos()
        && System.nanoTime() - grown < TAKES_NO_MORE.toNanos()) {
      int now = server.descriptors();
      if (now > most) {
        most = now;
        grown = System.nanoTime();
      }
      pause(Duration.ofMillis(20));
    }
  }

  private Measurement.LoadSummary summary(LoadResult result, int connected, long cpuMillis) {
    return new Measurement.LoadSummary(
        connected,
        result.nanos() / 1e9,
        result.answered(),
        result.errorResponses() + result.brokenConnections() + result.failedConnects(),
        result.starved(),
        result.bytes(),
        new Measurement.Percentiles(
            result.latencies().quantile(0.5) / 1e6,
            result.latencies().quantile(0.99) / 1e6,
            result.latencies().quantile(0.999) / 1e6),
        cpuMillis,
        result.nanos() > 0 ? (double) result.cpuNanos() / result.nanos() / threads : 0);
  }

  private Workload workload(ServerProcess server, Point point) {
    Scenario scenario = point.scenario();
    int connections = point.connections();
    return new Workload(
        server.address(),
        scenario.path(),
        scenario.quickConnections(connections),
        scenario.slowConnections(connections),
        scenario.keepAlive(),
        Math.min(threads, scenario.quickConnections(connections)));
  }

  /// Waits until the server has closed all connections, or [#SETTLE] is over, and returns what is
  /// left.
  private static TcpStates settled(ServerProcess server) {
    long until = System.nanoTime() + SETTLE.toNanos();
    TcpStates states = TcpStates.ofPort(server.port());
    while (server.isAlive() && isBusy(states) && System.nanoTime() - until < 0) {
      pause(Duration.ofMillis(50));
      states = TcpStates.ofPort(server.port());
    }
    return states;
  }

  private static boolean isBusy(TcpStates states) {
    return states.server().keySet().stream().anyMatch(state -> state != TcpStates.State.TIME_WAIT);
  }

  private Trial reported(ComparisonPlan.Candidate candidate, Point point, Trial.Outcome outcome) {
    String what =
        switch (outcome) {
          case Trial.Skipped(String reason) -> "left out: " + reason;
          case Measurement measurement ->
              String.format(
                  Locale.ROOT,
                  "%,.0f requests/s, p99 %s ms, CPU %s µs/request, %s starved",
                  measurement.perSecond(),
                  Numbers.significant(measurement.load().times().p99()),
                  Numbers.significant(measurement.cpuMicros()),
                  Numbers.significant((double) measurement.load().starved()));
        };
    progress.accept(
        String.format(
            Locale.ROOT,
            "%-16s %-8s %,6d  %s",
            candidate.model(),
            point.scenario().name().toLowerCase(Locale.ROOT),
            point.connections(),
            what));
    return new Trial(candidate.model(), point.scenario(), point.connections(), outcome);
  }

  private static List<Scenario> scenarios(String handler) {
    return Arrays.stream(Scenario.values())
        .filter(scenario -> scenario.handler().equals(handler))
        .toList();
  }

  /// Everything that one server is measured with, from few connections to many: many connections
  /// leave TIME_WAIT entries in the kernel, so they come last.
  private static List<Point> points(ComparisonPlan plan, String handler) {
    return plan.connections().stream()
        .flatMap(count ->
            scenarios(handler).stream()
                .filter(scenario -> count <= scenario.connectionsMax())
                .map(scenario -> new Point(scenario, count)))
        .toList();
  }

  /// One scenario with one number of connections.
  private record Point(Scenario scenario, int connections) {}

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + i % 26);
    }
    return bytes;
  }

  private static void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
