package io.tercet.http.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.load.LoadGenerator;
import io.tercet.http.load.Tally;
import io.tercet.http.load.Traffic;
import io.tercet.http.posix.socket.PosixDialer;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.proc.TcpStates;
import io.tercet.http.proc.TcpStates.State;
import io.tercet.http.readiness.Network;
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
    Traffic traffic = new Traffic(server.address(), "/file.txt", 20, 0, true, 2);
    try (LoadGenerator load = load(traffic)) {
      assertThat(load.awaitConnected(PATIENCE)).isEqualTo(20);
      assertThat(TcpStates.ofPort(server.port()).atClients(State.ESTABLISHED)).isEqualTo(20);
      Tally tally = measured(load);
      assertThat(tally.answered()).isGreaterThan(20);
      assertThat(tally.bytes()).isGreaterThan(tally.answered() * BODY_BYTES / 2);
      assertThat(tally.latencies().total()).isEqualTo(tally.answered() + tally.starved());
      assertThat(tally.latencies().quantile(0.5)).isPositive();
      assertThat(tally.refused() + tally.broken() + tally.undialled()).isZero();
      assertThat(tally.busyNanos()).isPositive();
    }
  }

  @Test
  void countsWhatWasNotThereAsRefused() throws Exception {
    Traffic traffic = new Traffic(server.address(), "/nothing.txt", 2, 0, true, 1);
    try (LoadGenerator load = load(traffic)) {
      load.awaitConnected(PATIENCE);
      Tally tally = measured(load);
      assertThat(tally.answered()).isZero();
      assertThat(tally.refused()).isPositive();
    }
  }

  @Test
  void letsTheServerCloseFirstWhenAConnectionIsForOneRequest() throws Exception {
    Traffic traffic = new Traffic(server.address(), "/file.txt", 4, 0, false, 1);
    try (LoadGenerator load = load(traffic)) {
      load.awaitConnected(PATIENCE);
      Tally tally = measured(load);
      assertThat(tally.answered()).isGreaterThan(4);
      assertThat(tally.broken()).isZero();
    }
    TcpStates after = TcpStates.ofPort(server.port());
    assertThat(after.atServer(State.TIME_WAIT)).isPositive();
    assertThat(after.atServer(State.TIME_WAIT)).isGreaterThan(after.atClients(State.TIME_WAIT));
  }

  @Test
  void keepsSlowClientsBesideQuickOnes() throws Exception {
    Traffic traffic = new Traffic(server.address(), "/file.txt", 2, 30, true, 1);
    try (LoadGenerator load = load(traffic)) {
      load.awaitConnected(PATIENCE);
      Eventually.isTrue(() -> TcpStates.ofPort(server.port()).atServer(State.ESTABLISHED) == 32);
      Tally tally = measured(load);
      assertThat(tally.answered()).isPositive();
    }
  }

  @Test
  void saysTheFirstByteOfARequestBeforeItIsToldToAskAndTheRestThen() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
      try (LoadGenerator load = load(new Traffic(address, "/", 1, 0, true, 1));
          Socket taken = listener.accept()) {
        taken.setSoTimeout((int) PATIENCE.toMillis());
        assertThat(taken.getInputStream().read()).isEqualTo('G');
        assertThat(taken.getInputStream().available()).isZero();
        load.ask();
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
      try (LoadGenerator load = load(new Traffic(address, "/", 3, 0, true, 1))) {
        assertThat(load.awaitConnected(PATIENCE)).isEqualTo(3);
        Tally tally = measured(load, () -> true);
        assertThat(tally.answered()).isZero();
        assertThat(tally.starved()).isEqualTo(3);
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
      try (LoadGenerator load = load(new Traffic(nobody, "/", 3, 0, true, 1))) {
        load.ask();
        load.measure();
        LockSupport.parkNanos(A_SHORT_TIME_NANOS);
        load.finish();
        assertThat(load.connected()).isZero();
        Tally tally = load.end();
        assertThat(tally.answered() + tally.refused()).isZero();
        return tally.broken() + tally.undialled() > 0;
      }
    });
  }

  private static LoadGenerator load(Traffic traffic) {
    return LoadGenerator.start(
        traffic, new PosixDialer(), () -> new PosixNetwork().poller(Network.Kind.EPOLL));
  }

  private static Tally measured(LoadGenerator load) throws InterruptedException {
    return measured(load, () -> load.responses() > 50);
  }

  private static Tally measured(LoadGenerator load, Callable<Boolean> enough)
      throws InterruptedException {
    load.ask();
    load.measure();
    Eventually.isTrue(enough);
    load.finish();
    return load.end();
  }
}
