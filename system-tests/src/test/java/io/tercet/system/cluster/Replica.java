package io.tercet.system.cluster;

import io.tercet.system.client.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One container of a service that has several.
///
/// @param container its name
record Replica(String container) {

  private static final Path FOLDER = Path.of(System.getProperty("tercet.root", "."));
  private static final Pattern SOCKETS = Pattern.compile("(?m)^tercet_sockets(?:\\{.*})? (\\S+)$");

  /// Those of a service that this folder's Compose project runs.
  static List<Replica> of(String service) {
    String names = docker("compose", "ps", "--format", "{{.Name}}", service);
    return names.lines().filter(name -> !name.isBlank()).sorted().map(Replica::new).toList();
  }

  /// Ends it as an update does, and returns when it has ended.
  void stop() {
    docker("stop", container);
  }

  void kill() {
    docker("kill", container);
  }

  void start() {
    docker("start", container);
  }

  boolean isHealthy() {
    return docker("inspect", "--format", "{{.State.Health.Status}}", container)
        .strip()
        .equals("healthy");
  }

  /// How many WebSockets a chat-service has, from its own metrics.
  int sockets() {
    String metrics =
        docker(
            "exec",
            container,
            "bash",
            "-c",
            "exec 3<>/dev/tcp/127.0.0.1/9081; printf 'GET /actuator/prometheus"
                + " HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");
    return SOCKETS
        .matcher(metrics)
        .results()
        .mapToInt(found -> (int) Double.parseDouble(found.group(1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(container + " says no tercet_sockets"));
  }

  private static String docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    Stream.of(arguments).forEach(command::add);
    return Command.run(FOLDER, Map.of(), command).succeeded().text();
  }
}
