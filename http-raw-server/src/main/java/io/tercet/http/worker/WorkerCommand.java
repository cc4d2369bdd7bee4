package io.tercet.http.worker;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The command that starts this program once more, as one of its workers.
///
/// @param words the program's path and its arguments
public record WorkerCommand(List<String> words) {
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("native.encoding", "UTF-8"));

  /// Copies the words.
  public WorkerCommand {
    words = List.copyOf(words);
  }

  /// The command that started this process, without the option that writes an AOT cache: a worker
  /// writes none. It is read from the kernel, because ProcessHandle knows no command that is longer
  /// than 4 KiB.
  ///
  /// @throws IOException if the system does not tell
  public static WorkerCommand ofThisProcess() throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of("/proc/self/exe").toRealPath().toString());
    String line = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), NATIVE);
    // Each word ends in a zero, the last one too.
    Arrays.stream(line.substring(line.indexOf(0) + 1).split("\0", -1))
        .filter(word -> !word.startsWith("-XX:AOTCacheOutput"))
        .forEach(words::add);
    words.removeLast();
    return new WorkerCommand(words);
  }

  /// The same command with one more option.
  public List<String> with(String option, int value) {
    List<String> all = new ArrayList<>(words);
    all.add(option);
    all.add(Integer.toString(value));
    return all;
  }
}
