package io.tercet.lab.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.lab.proc.TcpStates.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelTablesTest {
  private static final String TABLE =
      """
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
         1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 2
         2: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3
         3: 0100007F:1F90 0100007F:C351 06 00000000:00000000 03:00000000 00000000     0        0 0
         4: 0100007F:1F90 0100007F:C352 06 00000000:00000000 03:00000000 00000000     0        0 0
         5: 0100007F:C353 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0
         6: 0100007F:1F90 0100007F:C354 08 00000000:00000000 00:00000000 00000000     0        0 4
         7: 0100007F:1F91 0100007F:C355 01 00000000:00000000 00:00000000 00000000     0        0 5
         8: 0100007F:1F90 0100007F:C356 7F 00000000:00000000 00:00000000 00000000     0        0 6
      half a line
      """;

  @Test
  void tellsTheEndsOfAConnectionApart() {
    TcpStates states = states(8080);
    assertThat(states.server())
        .isEqualTo(Map.of(State.ESTABLISHED, 1, State.TIME_WAIT, 2, State.CLOSE_WAIT, 1));
    assertThat(states.client()).isEqualTo(Map.of(State.ESTABLISHED, 1, State.TIME_WAIT, 1));
  }

  @Test
  void saysWhatCameSince() {
    TcpStates later =
        new TcpStates(Map.of(State.TIME_WAIT, 5, State.CLOSE_WAIT, 1), Map.of(State.TIME_WAIT, 1));
    assertThat(later.since(states(8080)))
        .isEqualTo(new TcpStates(Map.of(State.TIME_WAIT, 3), Map.of()));
  }

  @Test
  void seesARealConnectionFromBothEnds() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      TcpStates states = TcpStates.ofPort(accepted.getLocalPort());
      assertThat(states.atServer(State.ESTABLISHED)).isOne();
      assertThat(states.atClients(State.ESTABLISHED)).isOne();
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void findsTheQueueAmongManyCounters() {
    List<String> lines =
        List.of(
            "TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPHPHits",
            "TcpExt: 1 22 333 4444",
            "IpExt: InNoRoutes ListenDrops",
            "IpExt: 5 6");
    assertThat(ListenQueue.parse(lines)).isEqualTo(new ListenQueue(22, 333));
    assertThat(new ListenQueue(25, 400).since(ListenQueue.parse(lines)))
        .isEqualTo(new ListenQueue(3, 67));
  }

  @Test
  void findsNothingInATableOfAnotherKind() {
    assertThat(ListenQueue.parse(List.of("TcpExt: A B"))).isEqualTo(new ListenQueue(0, 0));
    assertThat(ListenQueue.parse(List.of("TcpExt: A", "TcpExt: 1")))
        .isEqualTo(new ListenQueue(0, 0));
  }

  @Test
  void namesTheProcessor() {
    assertThat(Machine.processor("processor\t: 0\nmodel name\t: Some Core 9: 3 GHz\n"))
        .isEqualTo("Some Core 9: 3 GHz");
    assertThat(Machine.processor("")).isEqualTo(System.getProperty("os.arch"));
    assertThat(Machine.here().memoryMib()).isPositive();
  }

  private static TcpStates states(int port) {
    TcpStates.Count count = new TcpStates.Count(port);
    TABLE.lines().forEach(count::line);
    return count.states();
  }
}
