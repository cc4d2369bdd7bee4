package io.tercet.http.posix.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import io.tercet.http.readiness.Waiter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a listener of Linux gives out a connection.
@Timeout(60)
class PosixNetworkTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int LONG_MILLIS = 30_000;

  /// So many that all go to one of two listeners only where nothing spreads them.
  private static final int CONNECTIONS_MAX = 1_000;

  /// Less than the moment, and more than none.
  private static final long MOMENT_NANOS = 500_000_000;

  private final PosixNetwork network = new PosixNetwork();
  private final Waiter waiter = network.waiter();
  private Listener listener;

  @BeforeEach
  void listen() throws IOException {
    listener = network.listen(ANY_PORT, 1, 16).getFirst();
  }

  @AfterEach
  void close() {
    listener.close();
    waiter.close();
  }

  @Test
  void acceptsAConnectionTogetherWithItsFirstBytes() throws Exception {
    boolean keptWaiting = false;
    while (!keptWaiting) {
      long from = System.nanoTime();
      try (java.net.Socket client = dial()) {
        Socket early = listener.accept();
        if (early == null) {
          client.getOutputStream().write("GET".getBytes());
          assertThat(receivedBy(accepted())).isEqualTo(3);
          keptWaiting = true;
        } else {
          // Whoever is held up for so long comes after the moment.
          early.close();
          assertThat(System.nanoTime() - from).isGreaterThan(MOMENT_NANOS);
        }
      }
    }
  }

  @Test
  void acceptsASilentConnectionAfterAMoment() throws Exception {
    long from = System.nanoTime();
    try (java.net.Socket client = dial()) {
      assertThat(receivedBy(accepted())).isEqualTo(NonBlockingOutput.WOULD_BLOCK);
      assertThat(System.nanoTime() - from).isGreaterThan(MOMENT_NANOS);
    }
  }

  @Test
  void spreadsConnectionsAmongItsListeners() throws Exception {
    listener.close();
    List<Listener> both = network.listen(ANY_PORT, 2, 16);
    listener = both.getFirst();
    try (Listener other = both.getLast()) {
      assertThat(other.address()).isEqualTo(listener.address());
      int first = 0;
      int second = 0;
      for (int i = 0; i < CONNECTIONS_MAX && (first == 0 || second == 0); i++) {
        try (java.net.Socket client = dial()) {
          client.getOutputStream().write("GET".getBytes());
          waiter.await(both, LONG_MILLIS);
          first += accepts(listener);
          second += accepts(other);
        }
      }
      assertThat(first).isPositive();
      assertThat(second).isPositive();
    }
  }

  /// How many connections it gives out, one or none.
  private static int accepts(Listener listener) throws Listener.DescriptorsExhausted {
    Socket socket = listener.accept();
    if (socket == null) {
      return 0;
    }
    socket.close();
    return 1;
  }

  private java.net.Socket dial() throws IOException {
    return new java.net.Socket(listener.address().getAddress(), listener.address().getPort());
  }

  private Socket accepted() throws Listener.DescriptorsExhausted {
    waiter.await(List.of(listener), LONG_MILLIS);
    Socket socket = listener.accept();
    assertThat(socket).isNotNull();
    return socket;
  }

  private static int receivedBy(Socket socket) {
    try {
      return socket.receive(new byte[8], 0, 8);
    } finally {
      socket.close();
    }
  }
}
