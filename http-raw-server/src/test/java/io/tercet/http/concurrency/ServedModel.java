package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.readiness.Network;
import io.tercet.http.server.ModelFactory;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server whose model is tested, what happens in it, and how its clients are served.
abstract class ServedModel {
  static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final int LARGE_BYTES = 16 * 1024 * 1024;

  @TempDir Path root;
  final Network network = network();
  final AtomicInteger accepted = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger answered = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private Server server;

  /// What it runs on.
  Network network() {
    return new PosixNetwork();
  }

  /// The model under test.
  abstract ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity);

  @BeforeEach
  void write() throws IOException {
    Files.writeString(root.resolve("hello.txt"), "hello");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    assertThat(open).hasValue(0);
    assertThat(failures).allMatch("a secret"::equals);
  }

  final boolean has(Trait trait) throws IOException {
    return ModelFactory.traits(Settings.Model.of(server().model().name()).orElseThrow())
        .contains(trait);
  }

  final int answersPerConnection(int requests) throws IOException {
    return has(Trait.ONE_REQUEST_PER_CONNECTION) ? 1 : requests;
  }

  /// With how many clients that keep it waiting it must serve others at once.
  final int patientWith() throws IOException {
    if (has(Trait.ONE_REQUEST_PER_CONNECTION)) {
      return 0;
    }
    // This process has both ends of each connection.
    return has(Trait.MAY_STARVE_OTHERS) ? 50 : has(Trait.DESCRIPTORS_TO_1024) ? 300 : 1_000;
  }

  /// The server of this test, which is started when it is first needed: some models take their
  /// time.
  final synchronized Server server() throws IOException {
    if (server == null) {
      restart(ConnectionLimits.DEFAULT, 10_000);
    }
    return server;
  }

  final void awaitOpen(int connections) {
    Eventually.isTrue(() -> open.get() == connections);
  }

  final Client client() throws IOException {
    return new Client(server().address());
  }

  final void restart(ConnectionLimits deadlines, int connectionsMax) throws IOException {
    if (server != null) {
      server.close();
    }
    ConcurrencyModel model = model(network, protocol(deadlines), new Capacity(connectionsMax));
    server = Server.start(network, ANY_PORT, listeners(), 2048, model);
  }

  /// How many listeners it is given.
  int listeners() {
    return 2;
  }

  static ConnectionLimits deadlines(Duration header, Duration idle) {
    ConnectionLimits usual = ConnectionLimits.DEFAULT;
    return new ConnectionLimits(
        header,
        usual.body(),
        idle,
        usual.write(),
        Duration.ofMillis(200),
        usual.bodyRateMin(),
        usual.bodyGrace(),
        usual.requestsMax());
  }

  final ServerContext protocol(ConnectionLimits deadlines) {
    Observer counting =
        new Observer() {
          @Override
          public void opened() {
            accepted.incrementAndGet();
            open.incrementAndGet();
          }

          @Override
          public void closed() {
            open.decrementAndGet();
          }

          @Override
          public void answered(Status status) {
            answered.incrementAndGet();
          }

          @Override
          public void refused(Rule rule) {
            refused.incrementAndGet();
          }

          @Override
          public void failed(Throwable failure) {
            failures.add(String.valueOf(failure.getMessage()));
          }
        };
    return ContractHandler.protocol(root, deadlines, counting);
  }

  /// So many requests are in their handlers at once, and all wait for the last.
  final void handlersWaitAtOnce(int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        clients.add(client().say(Client.get("/meet/" + count)));
      }
      for (Client client : clients) {
        assertThat(client.hear().text()).isEqualTo("/meet/" + count);
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  final byte[] writeLarge() throws IOException {
    byte[] large = new byte[LARGE_BYTES];
    new Random(4711).nextBytes(large);
    Files.write(root.resolve("large.bin"), large);
    return large;
  }
}
