package io.tercet.system.ftp;

import io.tercet.system.client.Command;
import io.tercet.system.client.Person;
import io.tercet.system.stack.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// lftp, as a person runs it in a folder: with TLS where the server offers it, and no second try.
///
/// @param folder where files that are sent lie, and those that are fetched are put
record Lftp(Stack stack, Path folder, String name, String password, boolean encrypted) {

  static Lftp as(Person person, Path folder) {
    return new Lftp(person.stack(), folder, person.name(), Person.PASSWORD, true);
  }

  Lftp withPassword(String other) {
    return new Lftp(stack, folder, name, other, encrypted);
  }

  Lftp inPlainText() {
    return new Lftp(stack, folder, name, password, false);
  }

  /// Signs in and runs these commands up to the first that fails.
  Command run(String... commands) {
    String script =
        """
        set cmd:fail-exit yes
        set net:max-retries 1
        set net:reconnect-interval-base 1
        set net:timeout 60
        set xfer:log no
        set ftp:use-feat yes
        set ftp:ssl-allow %s
        set ftp:ssl-protect-data yes
        set ssl:verify-certificate no
        open -u '%s','%s' -p %d %s
        %s
        """
            .formatted(
                encrypted,
                name,
                password,
                stack.ftp().getPort(),
                stack.ftp().getHostString(),
                String.join("\n", commands));
    return Command.run(
        folder, Map.of("HOME", folder.toString()), List.of("lftp", "--norc", "-c", script));
  }
}
