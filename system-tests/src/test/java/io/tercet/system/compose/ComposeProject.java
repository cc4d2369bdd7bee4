package io.tercet.system.compose;

import io.tercet.system.client.Command;
import io.tercet.system.client.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The project as Compose sees it once files are merged and settings are filled in.
///
/// @param services by name
/// @param networks by name
record ComposeProject(Map<String, JsonNode> services, Map<String, JsonNode> networks) {

  /// Reads the files with these settings and no others, whatever this process has.
  static ComposeProject read(Map<String, String> settings, String... files) {
    List<String> command = new ArrayList<>(List.of("env"));
    System.getenv().keySet().stream()
        .filter(name -> name.startsWith("TERCET_") || name.startsWith("COMPOSE_"))
        .forEach(name -> command.add("--unset=" + name));
    settings.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of("docker", "compose", "--env-file", "/dev/null"));
    for (String file : files) {
      command.addAll(List.of("--file", file));
    }
    command.addAll(List.of("config", "--format", "json"));
    Path root = Path.of(System.getProperty("tercet.root", "."));
    JsonNode project = Json.parse(Command.run(root, Map.of(), command).succeeded().text());
    return new ComposeProject(entries(project.path("services")), entries(project.path("networks")));
  }

  private static Map<String, JsonNode> entries(JsonNode object) {
    Map<String, JsonNode> entries = new TreeMap<>();
    object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  /// Every published port as `address:published->target`, sorted.
  List<String> publishedPorts() {
    return services.values().stream()
        .flatMap(service -> service.path("ports").valueStream())
        .map(port ->
            "%s:%s->%s"
                .formatted(
                    port.path("host_ip").asString(),
                    port.path("published").asString(),
                    port.path("target").asString()))
        .sorted()
        .toList();
  }

  /// One variable of a service's environment.
  String setting(String service, String name) {
    return services.get(service).path("environment").path(name).asString();
  }
}
