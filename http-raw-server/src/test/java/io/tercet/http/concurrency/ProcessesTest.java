package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.posix.process.PosixSpawner;
import io.tercet.http.process.ChildProcess;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.worker.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Worker processes keep the contract, and are watched.
class ProcessesTest extends ConcurrencyModelContract {
  private int workers = 1;

  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new Processes(
        new PosixSpawner(),
        number -> ContractWorker.command(root, protocol, capacity),
        protocol.observer());
  }

  /// One is enough where workers do not matter: each takes a second to start.
  @Override
  int listeners() {
    return workers;
  }

  @Test
  void replacesAWorkerThatWasKilledAndLosesNoQueuedConnection() throws IOException {
    workers = 2;
    Processes processes = (Processes) server().model();
    List<Long> before = processes.pids();
    assertThat(before).hasSize(2);
    for (long pid : before) {
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
    // Whoever calls now waits in the listener's queue for the successor.
    for (int i = 0; i < 10; i++) {
      try (Client client = client()) {
        assertThat(client.ask("/n/" + i).text()).isEqualTo("/n/" + i);
      }
    }
    assertThat(processes.pids()).doesNotContainAnyElementsOf(before);
    for (long pid : before) {
      Eventually.isTrue(() -> !Files.exists(Path.of("/proc/" + pid)));
    }
  }

  @Test
  void endsWithASupervisorThatCannotKillItAlthoughItsLoopIsStuck() throws Exception {
    workers = 1;
    ServerContext protocol = protocol(ConnectionLimits.DEFAULT);
    List<Listener> listeners = network.listen(ANY_PORT, 1, 128);
    ChildProcess worker =
        new PosixSpawner()
            .spawn(ContractWorker.command(root, protocol, new Capacity(100)), listeners.getFirst());
    try (Client client = new Client(listeners.getFirst().address())) {
      worker.order("serve");
      assertThat(client.ask("/n/1").text()).isEqualTo("/n/1");
      // Waits for a second request, which its only loop cannot read.
      client.say(Client.get("/meet/2"));
      worker.order("stop 0");
      assertThat(worker.awaitEnd()).isEqualTo(1);
    } finally {
      worker.kill();
      listeners.forEach(Listener::close);
    }
  }

  @Test
  void killsAWorkerThatNoLongerRunsWhenItStops() throws Exception {
    Processes processes = (Processes) server().model();
    long pid = processes.pids().getFirst();
    assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
    assertThat(server().stop(Duration.ZERO)).isFalse();
    assertThat(Path.of("/proc/" + pid)).doesNotExist();
  }

  @Test
  void givesItsWorkersNothingButWhatTheyNeed() throws IOException {
    workers = 2;
    Processes processes = (Processes) server().model();
    for (long pid : processes.pids()) {
      try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
        List<String> sockets =
            descriptors
                .map(ProcessesTest::target)
                .filter(target -> target.startsWith("socket:"))
                .toList();
        assertThat(sockets).hasSize(1);
      }
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
