package io.tercet.chat.replicas;

import io.tercet.chat.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One chat-service of several, as a process that can be killed, stopped and started again.
///
/// Threading: one thread changes it; any thread asks for its port.
final class Replica implements AutoCloseable {

  /// Tokens live as long as a run; people do not sign in again and again.
  private static final List<String> SETTINGS =
      List.of("--tercet.token.lifetime=10h", "--tercet.people.token-session-idle-max=10h");

  final String name;
  private final Path folder;
  private final String[] settings;
  private volatile int port;
  private ServiceProcess process;

  private Replica(String name, Path folder, String[] settings, ServiceProcess process)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.settings = settings;
    this.process = process;
    this.port = process.port();
  }

  static Replica start(String name, Path folder, ReplicaNetwork network) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    String[] settings =
        Stream.concat(Stream.of(network.settings()), SETTINGS.stream()).toArray(String[]::new);
    return new Replica(name, own, settings, ServiceProcess.start(own, settings));
  }

  /// The port of the last process; it may not listen.
  int port() {
    return port;
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  void startAgain() throws IOException {
    process = ServiceProcess.start(folder, settings);
    port = process.port();
  }

  /// Takes all processor time from it.
  void stop() {
    Command.run("kill", "-STOP", String.valueOf(process.pid()));
  }

  void goOn() {
    Command.run("kill", "-CONT", String.valueOf(process.pid()));
  }

  String said() throws IOException {
    return process.said();
  }

  /// Nothing is asked of a process that ends with its containers.
  @Override
  public void close() throws InterruptedException {
    process.kill();
  }
}
