package io.tercet.launcher.report;

import static io.tercet.launcher.console.Console.padded;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// How much memory the services use.
///
/// @param kibibytes of each. On Linux the proportional set size: pages that services share count
///     once. Elsewhere the resident set size, where they count in each.
public record Memory(Map<Service, Long> kibibytes) {

  /// Copies the map.
  public Memory {
    kibibytes = new EnumMap<>(kibibytes);
  }

  /// Asks the operating system.
  public static Memory of(DataFolder data, boolean linux) throws UserException {
    Map<Service, Long> kibibytes = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      ProcessHandle process =
          data.pidFile(service)
              .process()
              .orElseThrow(() ->
                  new UserException(
                      service.title()
                          + " does not run on "
                          + data.path()
                          + ": start it with make run."));
      try {
        kibibytes.put(service, linux ? proportional(process.pid()) : resident(process.pid()));
      } catch (IOException failed) {
        throw new UserException(
            "cannot tell the memory of " + service.title() + ": " + failed, failed);
      }
    }
    return new Memory(kibibytes);
  }

  private static long proportional(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static long resident(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    byte[] said = ps.getInputStream().readAllBytes();
    return Long.parseLong(new String(said, StandardCharsets.US_ASCII).strip());
  }

  /// Of all services, rounded.
  public long togetherMebibytes() {
    return mebibytes(kibibytes.values().stream().mapToLong(Long::longValue).sum());
  }

  /// Prints a line for each service, and their sum.
  public void print(Console console) {
    kibibytes.forEach((service, size) -> console.say(row(service.title(), mebibytes(size))));
    console.say(row("together", togetherMebibytes()));
  }

  private static String row(String title, long mebibytes) {
    return "%s %6d MiB".formatted(padded(title, 16), mebibytes);
  }

  private static long mebibytes(long kibibytes) {
    return (kibibytes + 512) / 1024;
  }
}
