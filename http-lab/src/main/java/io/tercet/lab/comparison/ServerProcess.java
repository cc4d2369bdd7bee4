package io.tercet.lab.comparison;

import io.tercet.lab.proc.ProcessUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server in a process of its own, so that its use of memory and processor is told apart from
/// that of the load.
///
/// - Bounds: it listens within [#START]. It is asked to end, and killed after [#STOP].
/// - Errors: `IOException` with the last line of its log, if it does not start.
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();
  private static final Pattern LISTENING = Pattern.compile("listening on http://[^ ]*:(\\d+)/");

  /// Ten thousand threads that all have work would leave the load, which measures them, hardly any
  /// time. So the server is nicer than the load.
  private static final List<String> BEHIND_THE_LOAD = List.of("nice", "-n", "10");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts one and waits until it listens.
  ///
  /// @param command that starts a server, without its options
  /// @param folder that it serves; its log is kept beside it
  /// @param more of its options
  static ServerProcess start(
      List<String> command, Path folder, String model, String handler, List<String> more)
      throws IOException {
    Path log = Files.createTempFile(folder.getParent(), model + "-" + handler + "-", ".log");
    List<String> words = new ArrayList<>(BEHIND_THE_LOAD);
    words.addAll(command);
    words.add(folder.toString());
    words.addAll(List.of("--port=0", "--bind=127.0.0.1", "--model=" + model));
    words.addAll(List.of("--handler=" + handler, "--limit", "connections=12000"));
    words.addAll(more);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    Process process = builder.redirectOutput(log.toFile()).start();
    try {
      return new ServerProcess(process, port(process, log));
    } catch (IOException notUp) {
      end(process);
      throw notUp;
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  int port() {
    return port;
  }

  ProcessUsage usage() {
    return ProcessUsage.of(process.toHandle());
  }

  /// Processor time alone, which is quick to read.
  long cpuMillis() {
    return ProcessUsage.cpuMillis(process.toHandle());
  }

  int descriptors() {
    return ProcessUsage.descriptors(process.toHandle());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    end(process);
  }

  private static int port(Process process, Path log) throws IOException {
    long until = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() - until < 0) {
      Matcher matcher = LISTENING.matcher(Files.readString(log));
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    List<String> said = Files.readAllLines(log);
    throw new IOException(said.isEmpty() ? "it said nothing" : said.getLast());
  }

  private static void end(Process process) {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(START.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    workers.forEach(ProcessHandle::destroyForcibly);
  }
}
