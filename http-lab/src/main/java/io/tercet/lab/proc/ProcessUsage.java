package io.tercet.lab.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// The processor time, memory, threads and descriptors of a process and all its descendants.
///
/// @param cpuMillis processor time since they began, in user and kernel mode, and that of their
///     children that have ended and been waited for; steps of 10 ms
/// @param memoryKib proportional set size: pages that several share count in part for each
/// @param threads of all
/// @param descriptors of all
/// @param processes how many they are
public record ProcessUsage(
    long cpuMillis, long memoryKib, int threads, int descriptors, int processes) {
  /// Nothing at all.
  public static final ProcessUsage NONE = new ProcessUsage(0, 0, 0, 0, 0);

  /// USER_HZ, in which the kernel reports times to programs whatever its own clock: time(7).
  private static final int MILLIS_PER_TICK = 10;

  /// Reads the files of a process and of its descendants. One that ends meanwhile is left out.
  public static ProcessUsage of(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> of(Path.of("/proc", Long.toString(each.pid()))))
        .reduce(NONE, ProcessUsage::and);
  }

  /// Processor time alone, of a process and of its descendants, in milliseconds.
  public static long cpuMillis(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(each -> {
              try {
                return cpuTicks(Files.readString(Path.of("/proc/" + each.pid() + "/stat")));
              } catch (IOException ended) {
                return 0;
              }
            })
            .sum()
        * MILLIS_PER_TICK;
  }

  /// Open descriptors alone, of a process and of its descendants.
  public static int descriptors(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToInt(each -> {
          try {
            return count(Path.of("/proc/" + each.pid() + "/fd"));
          } catch (IOException ended) {
            return 0;
          }
        })
        .sum();
  }

  /// Reads the files in a folder such as `/proc/1234`.
  static ProcessUsage of(Path folder) {
    try {
      return new ProcessUsage(
          cpuTicks(Files.readString(folder.resolve("stat"))) * MILLIS_PER_TICK,
          memory(folder),
          (int) number(Files.readString(folder.resolve("status")), "Threads:"),
          count(folder.resolve("fd")),
          1);
    } catch (IOException ended) {
      return NONE;
    }
  }

  /// Both together.
  ProcessUsage and(ProcessUsage other) {
    return new ProcessUsage(
        cpuMillis + other.cpuMillis,
        memoryKib + other.memoryKib,
        threads + other.threads,
        descriptors + other.descriptors,
        processes + other.processes);
  }

  /// `utime`, `stime`, `cutime` and `cstime`: the 14th to the 17th field. The second is a name in
  /// parentheses that may itself hold blanks and parentheses, so fields are counted from the last
  /// one on.
  static long cpuTicks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
  }

  /// The number behind a name at the beginning of a line; 0 if there is none.
  static long number(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s", 2)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /// Older kernels, and processes of other users, do not tell the proportional set size; then it is
  /// the resident one.
  private static long memory(Path folder) throws IOException {
    try {
      return number(Files.readString(folder.resolve("smaps_rollup")), "Pss:");
    } catch (IOException notTold) {
      return number(Files.readString(folder.resolve("status")), "VmRSS:");
    }
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return (int) entries.count();
    }
  }
}
