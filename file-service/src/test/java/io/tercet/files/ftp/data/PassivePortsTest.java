package io.tercet.files.ftp.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Passive ports and their shares, on real sockets of this machine.
class PassivePortsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final UUID ada = UUID.randomUUID();
  private final UUID bob = UUID.randomUUID();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  @Test
  void letsOnePersonWaitAtAFewAndLeavesTheOthers() throws Exception {
    PassivePorts ports = new PassivePorts(numbers(3), settings(2, Duration.ofSeconds(20)));
    PassivePort first = listen(ports, ada);
    listen(ports, ada);

    Thread third = Thread.ofVirtual().start(() -> listen(ports, ada));
    await().until(() -> third.getState() == Thread.State.TIMED_WAITING);
    assertThat(listen(ports, bob).number()).isPositive();
    assertThat(third.isAlive()).isTrue();
    first.close();
    third.join(Duration.ofSeconds(20));

    assertThat(open).hasSize(4);
  }

  @Test
  void givesAPortAwayAgainAsSoonAsItsClientHasConnected() throws Exception {
    PassivePorts ports = new PassivePorts(numbers(1), settings(1, Duration.ofSeconds(20)));
    List<Socket> clients = new ArrayList<>();

    for (int i = 0; i < 20; i++) { // as many transfers as wanted over one port
      PassivePort port = listen(ports, i % 2 == 0 ? ada : bob);
      clients.add(connect(port.number()));
      assertThat(port.connection().isConnected()).isTrue();
    }
    clients.getFirst().getOutputStream().write(1);
    assertThat(((PassivePort) open.getFirst()).connection().getInputStream().read()).isEqualTo(1);
  }

  @Test
  void givesAPortAwayAgainIfNobodyConnects() throws Exception {
    PassivePorts ports = new PassivePorts(numbers(1), settings(1, Duration.ofMillis(100)));
    PassivePort first = listen(ports, ada);

    assertThatThrownBy(first::connection).isInstanceOf(IOException.class);
    assertThat(listen(ports, bob).number()).isEqualTo(first.number());
  }

  @Test
  void waitsForAPortThatBecomesFree() throws Exception {
    PassivePorts ports = new PassivePorts(numbers(1), settings(1, Duration.ofSeconds(20)));
    PassivePort first = listen(ports, ada);

    Thread waiting = Thread.ofVirtual().start(() -> listen(ports, bob));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    first.close();
    waiting.join(Duration.ofSeconds(20));

    assertThat(open).hasSize(2);
  }

  @Test
  void turnsAwayWhoeverComesFromAnotherAddress() throws Exception {
    InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.2");
    PassivePorts ports = new PassivePorts("0", settings(1, Duration.ofSeconds(20)));
    PassivePort port = track(ports.open(ada, HERE, elsewhere).orElseThrow());

    Socket stranger = connect(port.number());
    assertThat(stranger.getInputStream().read()).isNegative();
    Socket client = new Socket();
    open.add(client);
    client.bind(new InetSocketAddress(elsewhere, 0));
    client.connect(new InetSocketAddress(HERE, port.number()));

    assertThat(port.connection().getInetAddress()).isEqualTo(elsewhere);
  }

  @Test
  void triesTheNextPortIfAnotherProgramListensThere() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, HERE);
        ServerSocket free = new ServerSocket(0, 1, HERE)) {
      int number = free.getLocalPort();
      free.close();
      PassivePorts ports =
          new PassivePorts(
              other.getLocalPort() + "," + number, settings(2, Duration.ofMillis(200)));

      assertThat(listen(ports, ada).number()).isEqualTo(number);
    }
  }

  @Test
  void givesUpIfOtherProgramsListenAtAllPorts() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
      PassivePorts ports =
          new PassivePorts("" + other.getLocalPort(), settings(2, Duration.ofMillis(100)));

      assertThat(ports.open(ada, HERE, HERE)).isEmpty();
    }
  }

  @Test
  void readsPortsAsOperatorsWriteThem() {
    assertThat(PortNumbers.parse("2130-2132, 2140")).containsExactly(2130, 2131, 2132, 2140);
    assertThat(PortNumbers.parse("0")).containsExactly(0);
    assertThat(Stream.of("", "2139-2130", "1-70000", "a", "-5"))
        .allSatisfy(text ->
            assertThatThrownBy(() -> PortNumbers.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2130-2139"));
  }

  private PassivePort listen(PassivePorts ports, UUID person) {
    try {
      return track(ports.open(person, HERE, HERE).orElseThrow());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized PassivePort track(PassivePort port) {
    open.add(port);
    return port;
  }

  private Socket connect(int port) throws IOException {
    Socket socket = new Socket(HERE, port);
    open.add(socket);
    return socket;
  }

  private static TransferSettings settings(int waitingPerPersonMax, Duration connectMax) {
    return new TransferSettings(
        connectMax,
        waitingPerPersonMax,
        Duration.ofSeconds(60),
        DataSize.ofKilobytes(1),
        Duration.ofMillis(20),
        Duration.ofMillis(300));
  }

  /// Numbers of ports that are free here, and that the system gives to no connection by itself.
  private static String numbers(int count) {
    return ThreadLocalRandom.current()
        .ints(20_000, 30_000)
        .filter(PassivePortsTest::isFree)
        .distinct()
        .limit(count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static boolean isFree(int number) {
    try (ServerSocket socket = new ServerSocket(number, 1, HERE)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
