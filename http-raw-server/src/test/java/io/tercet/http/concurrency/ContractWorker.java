package io.tercet.http.concurrency;

import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.posix.process.PosixSpawner;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.process.Spawner;
import io.tercet.http.readiness.Network;
import io.tercet.http.worker.Worker;
import io.tercet.http.worker.WorkerCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A worker process that serves what the contract of the models serves.
final class ContractWorker {
  private ContractWorker() {}

  static List<String> command(Path root, ServerContext protocol, Capacity capacity) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ContractWorker.class.getName(),
            root.toString(),
            Integer.toString(capacity.connectionsMax())));
    ConnectionLimits deadlines = protocol.deadlines();
    Stream.of(
            deadlines.header(),
            deadlines.body(),
            deadlines.idle(),
            deadlines.write(),
            deadlines.linger())
        .map(each -> Long.toString(each.toMillis()))
        .forEach(command::add);
    return command;
  }

  public static void main(String[] args) throws IOException {
    WorkerCounters counters = new WorkerCounters(Observer.none());
    ConnectionLimits deadlines =
        new ConnectionLimits(
            millis(args[2]),
            millis(args[3]),
            millis(args[4]),
            millis(args[5]),
            millis(args[6]),
            ConnectionLimits.DEFAULT.bodyRateMin(),
            ConnectionLimits.DEFAULT.bodyGrace(),
            100_000);
    ServerContext protocol = ContractHandler.protocol(Path.of(args[0]), deadlines, counters);
    Capacity capacity = new Capacity(Math.max(1, Integer.parseInt(args[1]) / 2));
    EventLoops loop = new EventLoops(Network.Kind.EPOLL, protocol, new PosixNetwork(), capacity);
    boolean finished =
        Worker.run(
            loop,
            counters,
            PosixNetwork.inherited(Spawner.LISTENER_FD),
            System.in,
            PosixSpawner.figures());
    System.exit(finished ? 0 : 1);
  }

  private static Duration millis(String number) {
    return Duration.ofMillis(Long.parseLong(number));
  }
}
