package io.tercet.lab.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.lab.Eventually;
import io.tercet.lab.ServerCommand;
import io.tercet.lab.load.LoadGenerator;
import io.tercet.lab.load.LoadResult;
import io.tercet.lab.load.Workload;
import io.tercet.lab.proc.TcpStates;
import io.tercet.lab.proc.TcpStates.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The load against a real server in another process.
@Timeout(120)
class LoadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long BODY_BYTES = 1000;
  private static final long A_SHORT_TIME_NANOS = 50_000_000;

  @TempDir Path folder;
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("file.txt"), "x".repeat((int) BODY_BYTES));
    server = ServerProcess.start(ServerCommand.JAVA, site, "epoll", "files", List.of());
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void countsWhatWasAnsweredOnConnectionsThatStayOpen() throws Exception {
    Workload workload = new Workload(server.address(), "/file.txt", 20, 0, true, 2);
    try (LoadGenerator load = load(workload)) {
      assertThat(load.awaitConnected(PATIENCE)).isEqualTo(20);
      assertThat(TcpStates.ofPort(server.port()).atClients(State.ESTABLISHED)).isEqualTo(20);
      LoadResult result = measured(load);
      assertThat(result.answered()).isGreaterThan(20);
      assertThat(result.bytes()).isGreaterThan(result.answered() * BODY_BYTES / 2);
      assertThat(result.latencies().total()).isEqualTo(result.answered() + result.starved());
      assertThat(result.latencies().quantile(0.5)).isPositive();
      assertThat(result.errorResponses() + result.brokenConnections() + result.failedConnects())
          .isZero();
      assertThat(result.cpuNanos()).isPositive();
    }
  }

  @Test
  void countsWhatWasNotThereAsRefused() throws Exception {
    Workload workload = new Workload(server.address(), "/nothing.txt", 2, 0, true, 1);
    try (LoadGenerator load = load(workload)) {
      load.awaitConnected(PATIENCE);
      LoadResult result = measured(load);
      assertThat(result.answered()).isZero();
      assertThat(result.errorResponses()).isPositive();
    }
  }

  @Test
  void letsTheServerCloseFirstWhenAConnectionIsForOneRequest() throws Exception {
    Workload workload = new Workload(server.address(), "/file.txt", 4, 0, false, 1);
    try (LoadGenerator load = load(workload)) {
      load.awaitConnected(PATIENCE);
      LoadResult result = measured(load);
      assertThat(result.answered()).isGreaterThan(4);
      assertThat(result.brokenConnections()).isZero();
    }
    TcpStates after = TcpStates.ofPort(server.port());
    assertThat(after.atServer(State.TIME_WAIT)).isPositive();
    assertThat(after.atServer(State.TIME_WAIT)).isGreaterThan(after.atClients(State.TIME_WAIT));
  }

  @Test
  void keepsSlowClientsBesideQuickOnes() throws Exception {
    Workload workload = new Workload(server.address(), "/file.txt", 2, 30, true, 1);
    try (LoadGenerator load = load(workload)) {
      load.awaitConnected(PATIENCE);
      Eventually.isTrue(() -> TcpStates.ofPort(server.port()).atServer(State.ESTABLISHED) == 32);
      LoadResult result = measured(load);
      assertThat(result.answered()).isPositive();
    }
  }

  @Test
  void saysTheFirstByteOfARequestBeforeItIsToldToAskAndTheRestThen() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
      try (LoadGenerator load = load(new Workload(address, "/", 1, 0, true, 1));
          Socket taken = listener.accept()) {
        taken.setSoTimeout((int) PATIENCE.toMillis());
        assertThat(taken.getInputStream().read()).isEqualTo('G');
        assertThat(taken.getInputStream().available()).isZero();
        load.startRequests();
        String rest = new BufferedReader(new InputStreamReader(taken.getInputStream())).readLine();
        assertThat(rest).isEqualTo("ET / HTTP/1.1");
      }
    }
  }

  @Test
  void tellsThatNobodyAnswersFromThatSomebodyDoes() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort());
      try (LoadGenerator load = load(new Workload(address, "/", 3, 0, true, 1))) {
        assertThat(load.awaitConnected(PATIENCE)).isEqualTo(3);
        LoadResult result = measured(load, () -> true);
        assertThat(result.answered()).isZero();
        assertThat(result.starved()).isEqualTo(3);
      }
    }
  }

  @Test
  void countsConnectionsThatNobodyTakes() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
    }
    // How much comes of a short time is for the machine to say: again, until something does.
    Eventually.isTrue(() -> {
      try (LoadGenerator load = load(new Workload(nobody, "/", 3, 0, true, 1))) {
        load.startRequests();
        load.startMeasuring();
        LockSupport.parkNanos(A_SHORT_TIME_NANOS);
        load.stopMeasuring();
        assertThat(load.connected()).isZero();
        LoadResult result = load.stop();
        assertThat(result.answered() + result.errorResponses()).isZero();
        return result.brokenConnections() + result.failedConnects() > 0;
      }
    });
  }

  private static LoadGenerator load(Workload workload) {
    return LoadGenerator.start(workload);
  }

  private static LoadResult measured(LoadGenerator load) throws InterruptedException {
    return measured(load, () -> load.responses() > 50);
  }

  private static LoadResult measured(LoadGenerator load, Callable<Boolean> enough)
      throws InterruptedException {
    load.startRequests();
    load.startMeasuring();
    Eventually.isTrue(enough);
    load.stopMeasuring();
    return load.stop();
  }
}
