package io.tercet.launcher.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends the launcher's children when the launcher is gone, where the kernel does not do it.
///
/// A process of its own. Its standard input is a pipe whose other end only the launcher holds: each
/// line is the process id of a child, and the end of file says that the launcher has ended.
public final class Watchdog {

  private static final Duration TERM_TO_KILL = Duration.ofSeconds(15);

  private Watchdog() {}

  /// Runs until the launcher is gone and its children have ended.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    watch(System.in);
  }

  static void watch(InputStream pipe) throws IOException, InterruptedException {
    List<ProcessHandle> left = readChildren(pipe);
    left.removeIf(child -> !child.isAlive());
    if (left.isEmpty()) {
      return;
    }
    System.err.println("tercet: the launcher was killed; stopping its processes.");
    left.forEach(ProcessHandle::destroy);
    awaitEnd(left, TERM_TO_KILL);
    left.forEach(ProcessHandle::destroyForcibly);
  }

  /// A handle is taken at once: a process that gets the same id later is another one.
  private static List<ProcessHandle> readChildren(InputStream pipe) throws IOException {
    List<ProcessHandle> children = new ArrayList<>();
    var reader = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.US_ASCII));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      ProcessHandle.of(Long.parseLong(line)).ifPresent(children::add);
      children.removeIf(child -> !child.isAlive());
    }
    return children;
  }

  private static void awaitEnd(List<ProcessHandle> processes, Duration atMost)
      throws InterruptedException {
    CompletableFuture<Void> ends =
        CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      ends.get(atMost.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // They are killed next.
    }
  }

  /// The launcher's end of the pipe. Opened with the first child.
  static final class Link {

    private Optional<Process> watchdog = Optional.empty();

    void open() throws IOException {
      if (watchdog.isPresent()) {
        return;
      }
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      List<String> line = new ArrayList<>();
      line.addAll(List.of("sh", "-c", "trap '' INT HUP TERM; exec \"$@\"", "sh", java));
      line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m"));
      line.addAll(List.of("-cp", System.getProperty("java.class.path"), Watchdog.class.getName()));
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
      watchdog = Optional.of(builder.start());
    }

    void guard(long pid) throws IOException {
      OutputStream pipe = watchdog.orElseThrow().getOutputStream();
      pipe.write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    }

    void close() {
      watchdog.ifPresent(process -> {
        try {
          process.getOutputStream().close();
          process.waitFor();
        } catch (IOException gone) {
          // It has ended already.
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      });
      watchdog = Optional.empty();
    }
  }
}
