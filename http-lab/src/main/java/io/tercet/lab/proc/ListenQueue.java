package io.tercet.lab.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// How often an accept queue was full since the machine started.
/// The kernel counts for all listeners together.
///
/// @param overflows handshakes whose end found the queue full
/// @param drops connection requests that were dropped for that or another reason
public record ListenQueue(long overflows, long drops) {

  /// Reads `/proc/net/netstat`; zeros where that is not.
  public static ListenQueue now() {
    try {
      return parse(Files.readAllLines(Path.of("/proc/net/netstat")));
    } catch (IOException notHere) {
      return new ListenQueue(0, 0);
    }
  }

  /// What has been counted since an earlier reading.
  public ListenQueue since(ListenQueue earlier) {
    return new ListenQueue(overflows - earlier.overflows, drops - earlier.drops);
  }

  /// Two lines for each group: names, then values in the same order.
  static ListenQueue parse(List<String> lines) {
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith("TcpExt:") && lines.get(i + 1).startsWith("TcpExt:")) {
        List<String> names = Arrays.asList(lines.get(i).split(" "));
        String[] values = lines.get(i + 1).split(" ");
        return new ListenQueue(
            value(names, values, "ListenOverflows"), value(names, values, "ListenDrops"));
      }
    }
    return new ListenQueue(0, 0);
  }

  private static long value(List<String> names, String[] values, String name) {
    int at = names.indexOf(name);
    return at < 0 || at >= values.length ? 0 : Long.parseLong(values[at]);
  }
}
