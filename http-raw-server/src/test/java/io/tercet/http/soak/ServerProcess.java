package io.tercet.http.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.concurrency.Client;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The program as an operator starts it, and what the system says that it holds.
final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("listening on http://127.0.0.1:(\\d+)/");

  /// A visitor on a loaded machine may need more than ten seconds for fifty bytes: that is not what
  /// is tested.
  private static final List<String> PATIENT =
      List.of("--limit=header-timeout=5m", "--limit=body-timeout=5m", "--limit=write-timeout=5m");

  private static final Pattern FILLERS =
      Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +\\S*jdk\\.internal\\.vm\\.Filler");

  private final Process process;
  private final Path log;

  private final int workers;

  /// What it holds while nobody is connected, its worker processes included.
  ///
  /// @param threads but for those who wait for a disk
  /// @param heapBytes of objects that are alive after a full collection, not in workers
  /// @param residentBytes of all memory
  record Holding(int processes, int descriptors, int threads, long heapBytes, long residentBytes) {}

  private ServerProcess(Process process, Path log, int workers) {
    this.process = process;
    this.log = log;
    this.workers = workers;
  }

  /// @param folder that its log is written to
  static ServerProcess start(Path root, Path folder, String model, String... more)
      throws IOException {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(jdk("java"));
    // The heap has all its memory from the start: what grows then is something else.
    command.addAll(List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
    // As the launcher does: what the compilers borrowed is given back.
    command.add("-XX:TrimNativeHeapInterval=1000");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ExchangingProgram.class.getName()));
    command.addAll(List.of(root.toString(), "--port=0", "--management-port=0"));
    command.addAll(List.of("--model", model));
    command.addAll(PATIENT);
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    int workers = model.equals("processes") ? Runtime.getRuntime().availableProcessors() : 0;
    return new ServerProcess(builder.redirectOutput(log.toFile()).start(), log, workers);
  }

  int port() {
    return ports().getFirst();
  }

  int managementPort() {
    return ports().getLast();
  }

  private List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    Eventually.isTrue(() -> {
      ports.clear();
      Matcher matcher = PORT.matcher(said());
      while (matcher.find()) {
        ports.add(Integer.valueOf(matcher.group(1)));
      }
      return ports.size() == 2 || !process.isAlive();
    });
    assertThat(ports).as("ports in its log").hasSize(2);
    return ports;
  }

  /// Its log.
  String said() throws IOException {
    return Files.readString(log);
  }

  /// Lets another model take new connections, as soon as models before it have finished theirs.
  void exchange(String model) {
    Eventually.isTrue(() -> isExchanged(model));
  }

  /// False if it is to be tried again later.
  private boolean isExchanged(String model) throws IOException {
    try (Client management = new Client(managementPort())) {
      Client.Answer answer =
          management
              .say("POST /model?%s HTTP/1.1\r\nHost: a.example\r\n\r\n".formatted(model))
              .hear();
      if (answer.status() == 409 && answer.text().contains("try again later")) {
        return false;
      }
      assertThat(answer.text()).isEqualTo(model);
      return true;
    }
  }

  /// Measures once the last connection of a visitor has ended, and every process of a model that
  /// serves no more. The model that it started with must be the one that serves.
  Holding quiet() throws IOException, InterruptedException {
    awaitNobody();
    Eventually.isTrue(() -> process.descendants().count() == workers);
    long heap = liveHeapBytes();
    int descriptors = 0;
    int threads = 0;
    long residentBytes = 0;
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    for (ProcessHandle each : all) {
      descriptors += descriptors(each);
      threads += threads(each);
      residentBytes += residentBytes(each);
    }
    return new Holding(all.size(), descriptors, threads, heap, residentBytes);
  }

  /// Returns when nobody is connected.
  void awaitNobody() {
    Eventually.isTrue(() -> figure("tercet_http_connections") == 0);
  }

  /// A figure of `/metrics` by its whole name.
  double figure(String name) throws IOException {
    try (Client visitor = new Client(managementPort())) {
      String metrics = new String(visitor.say(Client.get("/metrics")).hear(200));
      return metrics
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  private static int descriptors(ProcessHandle process) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> open = Files.newDirectoryStream(proc(process, "fd"))) {
      for (Path _ : open) {
        count++;
      }
    }
    return count;
  }

  /// Without those who wait for a disk: they are few, and end when they had nothing to do for a
  /// while.
  private static int threads(ProcessHandle process) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc(process, "task"))) {
      for (Path thread : threads) {
        count += name(thread).startsWith("disk-") ? 0 : 1;
      }
    }
    return count;
  }

  /// Of a thread, or nothing if it has ended meanwhile.
  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException ended) {
      return "";
    }
  }

  private static long residentBytes(ProcessHandle process) throws IOException {
    return Files.readAllLines(proc(process, "status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        * 1024;
  }

  private static Path proc(ProcessHandle process, String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  /// The last line of a histogram, which is made after a full collection, without the fillers: dead
  /// objects that the collector found too few to move others for, up to a twentieth of the heap.
  private long liveHeapBytes() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(jdk("jcmd"), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes());
    jcmd.waitFor();
    Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(said);
    assertThat(total.find()).as(said).isTrue();
    return Long.parseLong(total.group(1))
        - FILLERS.matcher(said).results().mapToLong(line -> Long.parseLong(line.group(1))).sum();
  }

  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  /// Ends it as an operator does; it must end by itself.
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
