package io.tercet.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// chat-service as a process of its own, with the JVM flags that the launcher gives it.
public final class ServiceProcess implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("Jetty started on port (\\d+)");
  private static final Path FLAGS = Path.of("..", "launcher", "jvm");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Process process;
  private final Path log;

  private ServiceProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts it on the database `chat/chat.db` of a folder, unless a setting says another, without
  /// limits on how often something is done, and waits until it listens.
  public static ServiceProcess start(Path folder, String... settings) throws IOException {
    return start(
        List.of("-cp", System.getProperty("java.class.path"), ChatApplication.class.getName()),
        folder,
        settings);
  }

  /// Starts a packaged one in the same way.
  static ServiceProcess start(Path jar, Path folder, String... settings) throws IOException {
    return start(List.of("-jar", jar.toString()), folder, settings);
  }

  private static ServiceProcess start(List<String> program, Path folder, String... settings)
      throws IOException {
    Path secret = Files.writeString(folder.resolve("service-secret"), ChatServiceContract.SECRET);
    Path log = Files.createTempFile(folder, "service-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags("common.args"));
    command.addAll(flags("chat-service.args"));
    command.addAll(program);
    command.add("--management.server.port=-1");
    command.add("--tercet.service.secret-file=" + secret);
    addUnlessGiven(command, settings, "--server.port=", "0");
    addUnlessGiven(
        command,
        settings,
        "--tercet.database.url=",
        "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
    command.add("--tercet.data=" + folder);
    command.add("--tercet.log.renew-epoch-file=" + folder.resolve("renew-log-epoch"));
    command.add("--tercet.rate.factor=1000000");
    // All clients of a test have one address.
    command.add("--tercet.relay.connections-per-network-max=10000");
    command.addAll(List.of(settings));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    ServiceProcess started = new ServiceProcess(builder.redirectOutput(log.toFile()).start(), log);
    started.port();
    return started;
  }

  private static void addUnlessGiven(
      List<String> command, String[] settings, String name, String value) {
    if (Stream.of(settings).noneMatch(setting -> setting.startsWith(name))) {
      command.add(name + value);
    }
  }

  public int port() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Matcher matcher = PORT.matcher(said());
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("It did not start. It said:\n" + said());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Its log.
  public String said() throws IOException {
    return Files.readString(log);
  }

  /// Ends it as `kill -9` does.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /// Flags of a file, without the one that needs beans of the packaged service.
  private static List<String> flags(String file) throws IOException {
    return Files.readAllLines(FLAGS.resolve(file)).stream()
        .filter(line -> line.startsWith("-") && !line.startsWith("-Dspring.aot"))
        .toList();
  }
}
