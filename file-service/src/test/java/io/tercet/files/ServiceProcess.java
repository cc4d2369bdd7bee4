package io.tercet.files;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// file-service as a process of its own, with the heap and the other flags that the launcher gives
/// it, and a client for it.
public final class ServiceProcess extends FilesClient implements AutoCloseable {
  private static final Pattern HTTP_PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern FTP_PORT = Pattern.compile("FTP listens address=\\S+ port=(\\d+)");
  private static final Pattern LONG_LIVED =
      Pattern.compile("jvm_memory_usage_after_gc\\{[^}]*pool=\"long-lived\"} (\\S+)");
  private static final Path FLAGS = Path.of("..", "launcher", "jvm");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);

  private final HttpClient metricsClient = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final List<Integer> httpPorts;
  private final int ftpPort;

  private ServiceProcess(ChatStub chat, Process process, Path log) throws IOException {
    super(chat);
    this.process = process;
    this.log = log;
    this.httpPorts = ports(HTTP_PORT, 2);
    this.ftpPort = ports(FTP_PORT, 1).getFirst();
  }

  /// Starts it on the data of a folder, and waits until it listens.
  public static ServiceProcess start(Path data, ChatStub chat, String... settings)
      throws IOException {
    ChatStub.writeSecret(data);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags("common.args"));
    command.addAll(flags("file-service.args"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FileApplication.class.getName());
    command.addAll(
        List.of(
            "--server.port=0",
            "--management.server.port=0",
            "--tercet.data=" + data,
            "--tercet.chat-url=" + chat.url(),
            "--tercet.files.ftp.port=0"));
    command.addAll(Arrays.asList(settings));
    Path log = data.resolve("service.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    return new ServiceProcess(chat, builder.redirectOutput(log.toFile()).start(), log);
  }

  /// Flags of a file, without the one that needs beans of the packaged service.
  private static List<String> flags(String file) throws IOException {
    return Files.readAllLines(FLAGS.resolve(file)).stream()
        .filter(line -> line.startsWith("-") && !line.startsWith("-Dspring.aot"))
        .toList();
  }

  private List<Integer> ports(Pattern pattern, int count) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<Integer> found =
          pattern.matcher(said()).results().map(it -> Integer.valueOf(it.group(1))).toList();
      if (found.size() == count) {
        return found;
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException("It did not start. It said:\n" + said());
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  @Override
  public int port() {
    return httpPorts.getFirst();
  }

  public int ftpPort() {
    return ftpPort;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /// Its log.
  public String said() throws IOException {
    return Files.readString(log);
  }

  /// How much of the heap for old objects was in use after the last collection: 0 to 1.
  public double heapInUse() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPorts.getLast() + "/actuator/prometheus");
    String metrics =
        metricsClient.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    return LONG_LIVED
        .matcher(metrics)
        .results()
        .map(MatchResult::group)
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such metric in\n" + metrics));
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
