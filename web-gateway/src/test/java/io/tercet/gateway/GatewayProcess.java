package io.tercet.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The gateway as an operator runs it: a process with an environment, output and an exit status.
final class GatewayProcess implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 240;
  private static final String END = "\0";

  private final Process process;
  private final int port;
  private final int managementPort;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private GatewayProcess(Process process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
    Thread.ofVirtual().start(this::listen);
  }

  static GatewayProcess start(Map<String, String> environment) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayApplication.class.getName());
    try {
      int port = freePort();
      int managementPort = freePort();
      builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
      builder.environment().put("TERCET_PORT", Integer.toString(port));
      builder.environment().put("TERCET_GATEWAY_MANAGEMENT_PORT", Integer.toString(managementPort));
      builder.environment().putAll(environment);
      return new GatewayProcess(builder.redirectErrorStream(true).start(), port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  int managementPort() {
    return managementPort;
  }

  /// All output until the end, except dated log lines.
  List<String> lastWords() throws InterruptedException {
    var words = new ArrayList<String>();
    for (String line = next(); !line.equals(END); line = next()) {
      if (!line.isBlank() && !line.matches("\\d{4}-\\d\\d-\\d\\dT.* (INFO|DEBUG) .*")) {
        words.add(line);
      }
    }
    return words;
  }

  GatewayProcess awaitStarted() throws InterruptedException {
    for (String line = next(); !line.contains("Started GatewayApplication"); line = next()) {
      if (line.equals(END)) {
        throw new IllegalStateException("It ended with " + exit());
      }
    }
    return this;
  }

  /// Sends SIGTERM, as an operator or a cluster does.
  void terminate() {
    process.destroy();
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("It does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String next() throws InterruptedException {
    var line = lines.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new IllegalStateException("It says nothing any more");
    }
    return line;
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The process was killed, so there is no more output.
    } finally {
      lines.add(END);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
