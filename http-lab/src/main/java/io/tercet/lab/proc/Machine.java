package io.tercet.lab.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine that something was measured on.
///
/// @param processor its name
/// @param cores that this program may use
/// @param memoryMib of the whole machine
/// @param load processes that wanted a core in the last minute, on average
/// @param system name and version
/// @param java version of the virtual machine
public record Machine(
    String processor, int cores, long memoryMib, String load, String system, String java) {

  /// This machine.
  public static Machine here() {
    return new Machine(
        processor(read("/proc/cpuinfo")),
        Runtime.getRuntime().availableProcessors(),
        ProcessUsage.number(read("/proc/meminfo"), "MemTotal:") / 1024,
        read("/proc/loadavg").split(" ", 2)[0],
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  static String processor(String cpuInfo) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException notHere) {
      return "";
    }
  }
}
