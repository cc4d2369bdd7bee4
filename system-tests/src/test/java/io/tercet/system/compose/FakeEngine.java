package io.tercet.system.compose;

import io.tercet.system.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program `docker` that has no container engine behind it and notes what it is asked.
///
/// @param folder of the program, first on the PATH
record FakeEngine(Path folder) {

  /// Reaches no registry. It has the images whose names the pattern matches.
  static FakeEngine withoutRegistry(Path folder, String images) throws IOException {
    return make(folder, images, "echo 'dial tcp: no such host' >&2; exit 1");
  }

  /// Has no images, and a registry that does not answer.
  static FakeEngine withSilentRegistry(Path folder) throws IOException {
    return make(folder, "none", "exec tail -f /dev/null");
  }

  private static FakeEngine make(Path folder, String images, String pull) throws IOException {
    String program =
        """
        #!/bin/sh
        echo "$*" >>'%s/asked'
        case "$*" in
          "version --format"*) echo 27.0 ;;
          "compose version") echo "Docker Compose version v2.26.1" ;;
          "compose config --images") printf 'postgres:17\\ntercet/chat-service:local\\n' ;;
          "image inspect "%s) ;;
          "image inspect "*) exit 1 ;;
          "pull "*) %s ;;
          *) exit 125 ;;
        esac
        """
            .formatted(folder, images, pull);
    Path docker = Files.writeString(folder.resolve("docker"), program);
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new FakeEngine(folder);
  }

  /// Runs a program of the repository with this engine, and without settings of Testcontainers.
  Command run(Map<String, String> environment, String... command) {
    Path root = Path.of(System.getProperty("tercet.root", "..")).toAbsolutePath().normalize();
    List<String> words = new ArrayList<>(List.of("env", "-C", root.toString()));
    System.getenv().keySet().stream()
        .filter(name -> name.startsWith("TESTCONTAINERS_") || name.startsWith("TERCET_"))
        .forEach(name -> words.add("--unset=" + name));
    words.add("PATH=" + folder + ":" + System.getenv("PATH"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of(command));
    return Command.run(folder, Map.of(), words);
  }

  /// The images that it was to pull.
  List<String> pulled() throws IOException {
    try (var asked = Files.lines(folder.resolve("asked"))) {
      return asked
          .filter(words -> words.startsWith("pull "))
          .map(words -> words.substring(words.lastIndexOf(' ') + 1))
          .toList();
    }
  }
}
