package io.tercet.chat.replicas;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/// PostgreSQL and Valkey in a network of containers of their own, under addresses that stay the
/// same whatever is restarted.
///
/// What a run leaves behind that could not close it, the next one removes. Cutting Valkey off needs
/// root; [#canCut] says whether this is so.
final class ReplicaNetwork implements AutoCloseable {

  private static final String LABEL = "tercet.replicas";
  private static final String USER = "chat";
  private static final String PASSWORD = "chat-password";
  private static final int SUBNETS = 250;
  private static final int ATTEMPTS = 20;
  private static final Duration START_MAX = Duration.ofMinutes(1);

  private final String name;
  private final String subnet;
  private final String postgres;
  private final String valkey;
  private final Thread onExit = new Thread(this::remove);

  private ReplicaNetwork(String name, String subnet) {
    this.name = name;
    this.subnet = subnet;
    this.postgres = name + "-postgres";
    this.valkey = name + "-valkey";
  }

  static ReplicaNetwork start() {
    removeLeftovers();
    ReplicaNetwork network = create();
    Runtime.getRuntime().addShutdownHook(network.onExit);
    network.run(
        network.postgres,
        network.postgresAddress(),
        "--env=POSTGRES_USER=" + USER,
        "--env=POSTGRES_PASSWORD=" + PASSWORD,
        "--env=POSTGRES_DB=chat",
        image(DockerImageName.parse("postgres:17")));
    network.run(
        network.valkey, network.valkeyAddress(), image(DockerImageName.parse("valkey/valkey:8")));
    network.awaitPostgres();
    return network;
  }

  /// As Testcontainers names it.
  private static String image(DockerImageName name) {
    return ImageNameSubstitutor.instance().apply(name).asCanonicalNameString();
  }

  /// Settings of a replica here.
  String[] settings() {
    return new String[] {
      "--tercet.database.url=" + jdbcUrl(),
      "--tercet.database.user=" + USER,
      "--tercet.database.password=" + PASSWORD,
      "--tercet.valkey.url=redis://" + valkeyAddress() + ":6379"
    };
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), USER, PASSWORD);
  }

  void restartPostgres() {
    Command.run("docker", "restart", "--time=10", postgres);
  }

  void killPostgres() {
    Command.run("docker", "kill", postgres);
  }

  void startPostgres() {
    Command.run("docker", "start", postgres);
  }

  void killValkey() {
    Command.run("docker", "kill", valkey);
  }

  void startValkey() {
    Command.run("docker", "start", valkey);
  }

  static boolean canCut() {
    return "root".equals(System.getProperty("user.name"));
  }

  /// From now on no packet reaches Valkey, and none comes from it.
  void cutValkey() {
    Command.run(rule("-I", "OUTPUT", "-d"));
    Command.run(rule("-I", "INPUT", "-s"));
  }

  void uncutValkey() {
    Command.attempt(rule("-D", "OUTPUT", "-d"));
    Command.attempt(rule("-D", "INPUT", "-s"));
  }

  private String[] rule(String what, String chain, String direction) {
    return new String[] {"iptables", "-w", what, chain, direction, valkeyAddress(), "-j", "DROP"};
  }

  /// Waits until PostgreSQL takes connections.
  void awaitPostgres() {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (true) {
      try (Connection _ = connect()) {
        return;
      } catch (SQLException notYet) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("PostgreSQL does not start", notYet);
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    remove();
  }

  private void remove() {
    if (canCut()) {
      removeRules(valkeyAddress());
    }
    Command.attempt("docker", "rm", "--force", "--volumes", postgres, valkey);
    Command.attempt("docker", "network", "rm", name);
  }

  private static void removeRules(String address) {
    for (String rule : Command.run("iptables", "-w", "-S").split("\n")) {
      if (rule.startsWith("-A") && rule.contains(" " + address + "/32 ")) {
        Command.attempt(("iptables -w " + rule.replaceFirst("-A", "-D")).split(" "));
      }
    }
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://" + postgresAddress() + ":5432/chat";
  }

  private String postgresAddress() {
    return subnet + ".2";
  }

  private String valkeyAddress() {
    return subnet + ".3";
  }

  private void run(String container, String address, String... rest) {
    String[] begin = {
      "docker",
      "run",
      "--detach",
      "--name=" + container,
      "--network=" + name,
      "--ip=" + address,
      "--label=" + label()
    };
    String[] command = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, command, begin.length, rest.length);
    Command.run(command);
  }

  /// Takes the first range of addresses that nobody has.
  private static ReplicaNetwork create() {
    long own = ProcessHandle.current().pid();
    for (int attempt = 0; ; attempt++) {
      String subnet = "10.213." + (own + attempt) % SUBNETS;
      String name = "tercet-replicas-" + own + "-" + attempt;
      try {
        Command.run(
            "docker",
            "network",
            "create",
            "--subnet=" + subnet + ".0/24",
            "--label=" + label(),
            name);
        return new ReplicaNetwork(name, subnet);
      } catch (IllegalStateException taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      }
    }
  }

  private static String label() {
    return LABEL + "=" + ProcessHandle.current().pid();
  }

  private static void removeLeftovers() {
    String format = "{{.ID}} {{.Label \"" + LABEL + "\"}}";
    for (String[] kind : new String[][] {{"ps", "--all"}, {"network", "ls"}}) {
      String found =
          Command.run("docker", kind[0], kind[1], "--filter=label=" + LABEL, "--format=" + format);
      for (String line : found.lines().toList()) {
        String[] idAndOwner = line.split(" ");
        if (ProcessHandle.of(Long.parseLong(idAndOwner[1])).isPresent()) {
          continue;
        }
        if (kind[0].equals("ps")) {
          Command.attempt("docker", "rm", "--force", "--volumes", idAndOwner[0]);
        } else {
          Command.attempt("docker", "network", "rm", idAndOwner[0]);
        }
      }
    }
  }
}
