package io.tercet.http.lab;

import io.tercet.http.load.LoadGenerator;
import io.tercet.http.load.Tally;
import io.tercet.http.load.Traffic;
import io.tercet.http.proc.ProcessUsage;
import io.tercet.http.proc.TcpStates;
import io.tercet.http.readiness.Dialer;
import io.tercet.http.readiness.Poller;
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
import java.util.function.Supplier;

/// Gives every model the same traffic, one after another, and takes its figures.
///
/// Each model serves from a process of its own, warmed up before it is measured; the load is made
/// in this process. What is heavy to read is read when measuring is over and the connections are
/// still there.
///
/// - Bounds: each cell ends, whatever the server does: [#CONNECT], [#TAKE], [Plan#time], [#SETTLE].
/// - Threading: one thread at a time.
public final class Comparison {
  private static final Duration CONNECT = Duration.ofSeconds(8);

  /// Ten thousand threads take their time to begin, and on a busy machine everybody does.
  private static final Duration TAKE = Duration.ofSeconds(8);

  private static final Duration TAKES_NO_MORE = Duration.ofMillis(300);
  private static final Duration SETTLE = Duration.ofSeconds(4);
  private static final Duration FINISH = Duration.ofMillis(100);
  private static final Duration WARM_UP_MIN = Duration.ofMillis(1500);

  /// Up to here the kernel's table is short enough to be read without disturbing what is measured.
  private static final int CENSUS_CONNECTIONS_MAX = 1_000;

  private final List<String> serverCommand;
  private final Dialer dialer;
  private final Supplier<Poller> pollers;
  private final Consumer<String> progress;
  private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /// @param serverCommand starts a server, without its options
  /// @param progress is told a line for each cell
  public Comparison(
      List<String> serverCommand,
      Dialer dialer,
      Supplier<Poller> pollers,
      Consumer<String> progress) {
    this.serverCommand = List.copyOf(serverCommand);
    this.dialer = dialer;
    this.pollers = pollers;
    this.progress = progress;
  }

  /// Measures all cells of the plan.
  ///
  /// @param scratch folder for what is served and for the servers' logs
  /// @throws IOException if the folder cannot be used
  public List<Cell> run(Plan plan, Path scratch) throws IOException, InterruptedException {
    Path site = Files.createDirectories(scratch.resolve("site"));
    Files.write(site.resolve("small.txt"), filled(Scenario.SMALL_BYTES));
    Files.write(site.resolve("large.bin"), filled(Scenario.LARGE_BYTES));
    List<String> handlers =
        Arrays.stream(Scenario.values()).map(Scenario::handler).distinct().toList();
    List<Cell> cells = new ArrayList<>();
    for (Plan.Subject subject : plan.subjects()) {
      for (String handler : handlers) {
        cells.addAll(served(plan, subject, handler, site));
      }
    }
    return cells;
  }

  /// Lets a short queue of a listener overflow; empty if the server for it does not start.
  ///
  /// @param scratch as of [#run]
  public Optional<FullQueue> fullQueue(Path scratch) throws IOException {
    Path site = Files.createDirectories(scratch.resolve("site"));
    try {
      FullQueue full = FullQueue.measured(serverCommand, site, dialer, pollers);
      progress.accept(
          "%d clients of a queue of %d × %d: %d overflows, %d dropped"
              .formatted(
                  full.clients(),
                  full.listeners(),
                  full.backlog(),
                  full.queue().overflows(),
                  full.queue().drops()));
      return Optional.of(full);
    } catch (IOException notUp) {
      progress.accept("no full queue: " + notUp.getMessage());
      return Optional.empty();
    }
  }

  private List<Cell> served(Plan plan, Plan.Subject subject, String handler, Path site)
      throws InterruptedException {
    List<Cell> cells = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.start(serverCommand, site, subject.model(), handler, List.of())) {
      ProcessUsage idle = warm(server, scenarios(handler).getFirst(), plan.time());
      for (Place place : places(plan, handler)) {
        cells.add(
            cell(
                subject,
                place,
                place.connections() > subject.max(place.scenario())
                    ? new Cell.Skipped(subject.reason())
                    : measured(server, place, plan.time(), idle)));
      }
    } catch (IOException notUp) {
      Cell.Skipped skipped = new Cell.Skipped("did not start: " + notUp.getMessage());
      cells.clear();
      for (Place place : places(plan, handler)) {
        cells.add(cell(subject, place, skipped));
      }
    }
    return cells;
  }

  /// Lets the server's code be compiled, and says what the server uses when nobody asks anything.
  private ProcessUsage warm(ServerProcess server, Scenario scenario, Duration time)
      throws InterruptedException {
    Traffic traffic = traffic(server, new Place(scenario, Scenario.QUICK));
    try (LoadGenerator load = LoadGenerator.start(traffic, dialer, pollers)) {
      load.awaitConnected(CONNECT);
      load.ask();
      pause(time.compareTo(WARM_UP_MIN) > 0 ? time : WARM_UP_MIN);
      load.end();
    }
    settled(server);
    return server.usage();
  }

  private Measurement measured(ServerProcess server, Place place, Duration time, ProcessUsage idle)
      throws InterruptedException {
    TcpStates left = TcpStates.ofPort(server.port());
    Traffic traffic = traffic(server, place);
    int connected;
    TcpStates during = TcpStates.NONE;
    long cpuMillis;
    ProcessUsage usage;
    Tally tally;
    try (LoadGenerator load = LoadGenerator.start(traffic, dialer, pollers)) {
      load.awaitConnected(CONNECT);
      awaitTaken(server, idle.descriptors() + place.connections());
      load.ask();
      pause(time.dividedBy(4));
      connected = load.connected();
      cpuMillis = server.cpuMillis();
      load.measure();
      pause(time.dividedBy(2));
      if (place.connections() <= CENSUS_CONNECTIONS_MAX) {
        during = TcpStates.ofPort(server.port());
      }
      pause(time.dividedBy(2));
      cpuMillis = server.cpuMillis() - cpuMillis;
      load.finish();
      usage = server.usage();
      if (place.connections() > CENSUS_CONNECTIONS_MAX) {
        during = TcpStates.ofPort(server.port());
      }
      pause(FINISH);
      tally = load.end();
    }
    TcpStates after = settled(server);
    return new Measurement(
        service(tally, connected, cpuMillis), usage, idle, during, after.since(left));
  }

  /// Waits until the server has taken so many connections from the kernel's queue, or takes no more
  /// of them: a model that cannot hold all of them is measured with those that it holds.
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

  private Measurement.Service service(Tally tally, int connected, long cpuMillis) {
    return new Measurement.Service(
        connected,
        tally.nanos() / 1e9,
        tally.answered(),
        tally.refused() + tally.broken() + tally.undialled(),
        tally.starved(),
        tally.bytes(),
        new Measurement.Times(
            tally.latencies().quantile(0.5) / 1e6,
            tally.latencies().quantile(0.99) / 1e6,
            tally.latencies().quantile(0.999) / 1e6),
        cpuMillis,
        tally.nanos() > 0 ? (double) tally.busyNanos() / tally.nanos() / threads : 0);
  }

  private Traffic traffic(ServerProcess server, Place place) {
    Scenario scenario = place.scenario();
    int connections = place.connections();
    return new Traffic(
        server.address(),
        scenario.path(),
        scenario.asking(connections),
        scenario.trickling(connections),
        scenario.keepAlive(),
        Math.min(threads, scenario.asking(connections)));
  }

  /// Waits until the server has let go of all connections, or so long; then says what is left.
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

  private Cell cell(Plan.Subject subject, Place place, Cell.Outcome outcome) {
    String what =
        switch (outcome) {
          case Cell.Skipped(String reason) -> "left out: " + reason;
          case Measurement measurement ->
              String.format(
                  Locale.ROOT,
                  "%,.0f requests/s, p99 %s ms, CPU %s µs/request, %s starved",
                  measurement.perSecond(),
                  Html.figure(measurement.service().times().p99()),
                  Html.figure(measurement.cpuMicros()),
                  Html.figure((double) measurement.service().starved()));
        };
    progress.accept(
        String.format(
            Locale.ROOT,
            "%-16s %-8s %,6d  %s",
            subject.model(),
            place.scenario().name().toLowerCase(Locale.ROOT),
            place.connections(),
            what));
    return new Cell(subject.model(), place.scenario(), place.connections(), outcome);
  }

  private static List<Scenario> scenarios(String handler) {
    return Arrays.stream(Scenario.values())
        .filter(scenario -> scenario.handler().equals(handler))
        .toList();
  }

  /// What a server is put through, from few connections to many, so that those which many leave
  /// behind in the kernel come last.
  private static List<Place> places(Plan plan, String handler) {
    return plan.connections().stream()
        .flatMap(count ->
            scenarios(handler).stream()
                .filter(scenario -> count <= scenario.connectionsMax())
                .map(scenario -> new Place(scenario, count)))
        .toList();
  }

  /// One traffic.
  private record Place(Scenario scenario, int connections) {}

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
