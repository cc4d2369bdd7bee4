package io.tercet.chat.valkey;

import io.tercet.chat.TcpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/// A Valkey for tests, one server or a cluster of three.
///
/// Clients of the one server go through a relay, so it can be away: cut off, or without an answer.
public final class ValkeyServer implements AutoCloseable {

  private static final int PORT = 6379;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final String START_CLUSTER =
      """
      ip=$(hostname -i)
      for port in 6379 6380 6381; do
        mkdir -p /tmp/$port && cd /tmp/$port
        valkey-server --port $port --bind '*' --protected-mode no --cluster-enabled yes \
          --cluster-announce-ip $ip --save '' --daemonize yes --logfile /tmp/$port/log
      done
      until valkey-cli -p 6381 ping; do sleep 0.1; done
      valkey-cli --cluster create $ip:6379 $ip:6380 $ip:6381 --cluster-yes
      for port in 6379 6380 6381; do
        until valkey-cli -p $port cluster info | grep -q cluster_state:ok; do sleep 0.1; done
      done
      echo cluster is ready
      exec sleep infinity
      """;

  private final GenericContainer<?> container;
  private final TcpRelay relay;
  private final String address;

  private ValkeyServer(GenericContainer<?> container, boolean cluster) {
    this.container = container;
    container.start();
    this.relay = new TcpRelay(container.getHost(), container.getMappedPort(PORT));
    // The nodes of a cluster tell their addresses, to which no relay leads.
    this.address =
        cluster
            ? container
                    .getContainerInfo()
                    .getNetworkSettings()
                    .getNetworks()
                    .values()
                    .iterator()
                    .next()
                    .getIpAddress()
                + ":"
                + PORT
            : "127.0.0.1:" + relay.port();
  }

  /// One server that keeps nothing.
  public static ValkeyServer start() {
    return new ValkeyServer(
        new GenericContainer<>(image())
            .withExposedPorts(PORT)
            .withCommand("valkey-server", "--bind", "*", "--protected-mode", "no", "--save", "")
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1)),
        false);
  }

  /// A cluster of three nodes.
  public static ValkeyServer startCluster() {
    return new ValkeyServer(
        new GenericContainer<>(image())
            .withExposedPorts(PORT)
            .withCommand("bash", "-c", START_CLUSTER)
            .waitingFor(Wait.forLogMessage(".*cluster is ready.*", 1)),
        true);
  }

  /// Its address for `TERCET_VALKEY_URL`.
  public String url() {
    return "redis://" + address;
  }

  /// … with a user and a password.
  public String url(String user, String password) {
    return "redis://" + user + ":" + password + "@" + address;
  }

  /// Runs `valkey-cli` at the server and returns what it says.
  public String run(String... command) {
    String[] whole = new String[command.length + 1];
    whole[0] = "valkey-cli";
    System.arraycopy(command, 0, whole, 1, command.length);
    try {
      Container.ExecResult result = container.execInContainer(whole);
      return result.getStdout() + result.getStderr();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What stands before the one server.
  public TcpRelay relay() {
    return relay;
  }

  /// Connects as the service does. The test stops it, and calls [#check] in place of Spring.
  public Valkey connect() {
    return connect(url());
  }

  public static Valkey connect(String url) {
    Valkey valkey = new Valkey(settings(url, LONG));
    valkey.start();
    return valkey;
  }

  /// Connects with short waits, for tests of a Valkey that is away.
  public Valkey connectImpatiently() {
    Valkey valkey = new Valkey(settings(url(), SHORT));
    valkey.start();
    return valkey;
  }

  /// One replica and no Valkey.
  public static Valkey none() {
    return new Valkey(settings("", SHORT));
  }

  /// One check, which Spring's scheduler does otherwise.
  public static void check(Valkey valkey) {
    valkey.check();
  }

  /// Checks until Valkey is reached, or lost.
  public static void checkUntil(Valkey valkey, boolean connected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (valkey.isConnected() != connected) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("connected: " + valkey.isConnected());
      }
      valkey.check();
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  static ValkeySettings settings(String url, Duration answerMax) {
    return new ValkeySettings(url, answerMax, answerMax, SHORT, 2, SHORT, 5_000);
  }

  @Override
  public void close() {
    try {
      relay.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      container.stop();
    }
  }

  private static DockerImageName image() {
    return DockerImageName.parse("valkey/valkey:8");
  }
}
