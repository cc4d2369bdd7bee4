package io.tercet.system.ftp;

import io.tercet.system.client.Command;
import io.tercet.system.client.Person;
import io.tercet.system.stack.Stack;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// rclone, as a person runs it in a folder, with its own number of connections at once. The
/// person's folders are its remote `tercet:`.
///
/// @param folder where files that are sent lie, and those that are fetched are put
record Rclone(Stack stack, Path folder, String name, boolean encrypted) {

  static Rclone as(Person person, Path folder) {
    return new Rclone(person.stack(), folder, person.name(), true);
  }

  Rclone inPlainText() {
    return new Rclone(stack, folder, name, false);
  }

  /// Runs one command; what it cannot do, it does not try again.
  Command run(String... command) {
    List<String> all =
        Stream.concat(
                Stream.of("rclone", "--retries=1", "--low-level-retries=1", "--contimeout=60s"),
                Stream.of(command))
            .toList();
    return Command.run(folder, environment(), all);
  }

  private Map<String, String> environment() {
    Map<String, String> home = Map.of("HOME", folder.toString());
    String password =
        Command.run(folder, home, List.of("rclone", "obscure", Person.PASSWORD))
            .succeeded()
            .text()
            .strip();
    Map<String, String> all = new HashMap<>(home);
    all.put("RCLONE_CONFIG_TERCET_TYPE", "ftp");
    all.put("RCLONE_CONFIG_TERCET_HOST", stack.ftp().getHostString());
    all.put("RCLONE_CONFIG_TERCET_PORT", Integer.toString(stack.ftp().getPort()));
    all.put("RCLONE_CONFIG_TERCET_USER", name);
    all.put("RCLONE_CONFIG_TERCET_PASS", password);
    all.put("RCLONE_CONFIG_TERCET_EXPLICIT_TLS", Boolean.toString(encrypted));
    all.put("RCLONE_CONFIG_TERCET_NO_CHECK_CERTIFICATE", "true");
    return all;
  }
}
