package io.tercet.launcher.report;

import static io.tercet.launcher.console.Console.padded;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.run.ReadinessProbe;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Which services run on a data folder, and whether they are ready.
///
/// @param linux whether /proc tells if a service uses its AOT cache
public record Status(Settings settings, ReadinessProbe probe, boolean linux) {

  /// Prints a line for each service.
  ///
  /// @return the exit code: 0 if all are ready
  public int print(Console console) {
    int exitCode = 0;
    for (Service service : Service.values()) {
      Optional<ProcessHandle> process = new DataFolder(settings.data()).pidFile(service).process();
      String state = "not running";
      if (process.isPresent()) {
        state = probe.isReady(service) ? "ready" : "not ready";
      }
      if (!state.equals("ready")) {
        exitCode = 1;
      }
      console.say(
          "%s %s port %s %s"
              .formatted(
                  padded(service.title(), 16),
                  padded(state, 12),
                  padded(Integer.toString(service.port(settings)), 6),
                  process.map(this::describe).orElse("")));
    }
    return exitCode;
  }

  private String describe(ProcessHandle process) {
    String pid = "pid " + process.pid();
    if (!linux) {
      return pid;
    }
    try (var maps = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
      boolean mapped = maps.anyMatch(line -> line.endsWith("app.aot"));
      return pid + (mapped ? ", AOT cache" : ", no AOT cache");
    } catch (IOException hidden) {
      return pid;
    }
  }
}
