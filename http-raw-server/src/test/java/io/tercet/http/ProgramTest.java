package io.tercet.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.concurrency.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as an operator starts it, as a process of its own.
@Timeout(120)
class ProgramTest {
  private static final Pattern PORT = Pattern.compile("listening on http://127.0.0.1:(\\d+)/");

  private static final int MANAGEMENT_CONNECTIONS_MAX = 64;

  @TempDir Path folder;
  private Process process;
  private List<String> options = List.of();

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "virtual-threads"})
  void servesUntilItIsToldToStop(String model) throws Exception {
    Files.writeString(folder.resolve("index.html"), "home");
    start(Map.of(), folder.toString(), "--port=0", "--management-port=0", "--model", model);
    List<Integer> ports = ports(2);
    assertThat(get(ports.get(0), "/").body()).isEqualTo("home");
    assertThat(get(ports.get(0), "/health/ready").statusCode()).isEqualTo(404);
    assertThat(get(ports.get(1), "/health/live").body()).contains("UP");
    assertThat(get(ports.get(1), "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(ports.get(1), "/metrics").body())
        .contains("tercet_http_requests_total{status=\"200\"} 1.0")
        .contains("tercet_http_connections ");
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isIn(0, 143);
    assertThat(said()).contains("stopped");
  }

  @Test
  void startsWithoutFileServiceAndIsReadyOnceThereIsAPage() throws Exception {
    Files.writeString(folder.resolve("service-secret"), "0123456789abcdef0123456789abcdef\n");
    Path web = folder.resolve("web");
    Map<String, String> environment =
        Map.of(
            "TERCET_DATA", folder.toString(),
            "TERCET_WEB_ROOT", web.toString(),
            "TERCET_FILES_URL", "http://127.0.0.1:9");
    start(environment, "--port=0", "--management-port=0");
    List<Integer> ports = ports(2);
    assertThat(get(ports.get(1), "/health/ready").statusCode()).isEqualTo(503);
    Files.createDirectory(web);
    Files.writeString(web.resolve("index.html"), "home");
    assertThat(get(ports.get(1), "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(ports.get(0), "/").body()).isEqualTo("home");
    assertThat(raw(ports.get(0), "GET / HTTP/1.1\r\nHost: ada.pages.localhost\r\n"))
        .as("ada may be published")
        .startsWith("HTTP/1.1 503 ")
        .contains("Retry-After: 2\r\n", "Cache-Control: no-store\r\n", "service-unavailable");
    assertThat(get(ports.get(1), "/metrics").body())
        .contains(
            "tercet_http_sites_list_read 0.0",
            "tercet_http_sites_left_out 0.0",
            "tercet_http_sites_bytes_max 1.8874368E9");
  }

  private static String raw(int port, String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  /// The kernel would keep the connection of one that asked earlier, until somebody accepts it.
  @Test
  void asksForSitesWhenEverythingElseHasStarted() throws Exception {
    Files.writeString(folder.resolve("service-secret"), "0123456789abcdef0123456789abcdef\n");
    try (ServerSocket fileService = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          Map.of(
              "TERCET_DATA",
              folder.toString(),
              "TERCET_FILES_URL",
              "http://127.0.0.1:" + fileService.getLocalPort());
      start(environment, "--port=0", "--management-port=" + taken.getLocalPort());
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said()).contains("is taken");
      fileService.setSoTimeout(1);
      assertThatThrownBy(fileService::accept).isInstanceOf(SocketTimeoutException.class);
      start(environment, "--port=0", "--management-port=0");
      fileService.setSoTimeout(60_000);
      fileService.accept().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "processes"})
  void echoesAndWritesALineForEachAnswer(String model) throws Exception {
    Path log = folder.resolve("access.log");
    start(
        Map.of(),
        "--handler=echo",
        "--model=" + model,
        "--port=0",
        "--management-port=0",
        "--access-log=" + log,
        "--access-log-format=json");
    List<Integer> ports = ports(2);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(0) + "/said"))
              .POST(HttpRequest.BodyPublishers.ofString("hello"))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
    }
    assertThat(get(ports.get(1), "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(ports.get(1), "/metrics").body())
        .contains("tercet_http_access_log_dropped_total 0.0");
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(log))
        .contains("\"method\":\"POST\"", "\"target\":\"/said\"", "\"status\":200,\"bytes\":5,");
  }

  @Test
  void hasRoomForAFewClientsOfItsManagement() throws Exception {
    start(Map.of(), folder.toString(), "--port=0", "--management-port=0");
    int port = ports(2).getLast();
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < MANAGEMENT_CONNECTIONS_MAX; i++) {
        clients.add(new Client(port));
        clients.getLast().say(Client.get("/health/live")).hear(200);
      }
      clients.add(new Client(port));
      clients.getLast().say(Client.get("/health/live")).hear(503);
      clients.getFirst().say(Client.get("/health/live")).hear(200);
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    Eventually.isTrue(() -> get(port, "/health/live").statusCode() == 200);
  }

  @Test
  void takesItsWorkersWithItWhenItIsKilled() throws Exception {
    start(
        Map.of(), folder.toString(), "--port=0", "--model=processes", "--limit=header-timeout=60m");
    int port = ports(1).getFirst();
    List<ProcessHandle> workers = process.descendants().toList();
    assertThat(workers).isNotEmpty();
    // What has begun and never ends holds nobody up for more than a moment.
    try (Client halfThrough = new Client(port)) {
      halfThrough.say("GET / HTTP/1.1\r\nHo");
      process.destroyForcibly();
      for (ProcessHandle worker : workers) {
        Eventually.isTrue(() -> Lifetime.isOver(worker));
      }
    } finally {
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void letsItsWorkersFinishWhenAllOfThemAreToldToTerminate() throws Exception {
    Files.writeString(folder.resolve("index.html"), "home");
    start(Map.of(), folder.toString(), "--port=0", "--model=processes");
    int port = ports(1).getFirst();
    List<ProcessHandle> workers = process.descendants().toList();
    assertThat(workers).isNotEmpty();
    try (Client halfThrough = new Client(port)) {
      halfThrough.say("GET / HTTP/1.1\r\nHo");
      for (ProcessHandle worker : workers) {
        worker.destroy();
        Eventually.isTrue(() -> Lifetime.isOver(worker) || threads(worker).contains("supervised"));
      }
      process.destroy();
      halfThrough.say("st: a\r\n\r\n");
      assertThat(new String(halfThrough.hear(200), UTF_8)).isEqualTo("home");
      halfThrough.close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(said()).contains("stopped drained");
    } finally {
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static List<String> threads(ProcessHandle process) {
    try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      List<String> names = new ArrayList<>();
      for (Path task : tasks.toList()) {
        names.add(Files.readString(task.resolve("comm")).strip());
      }
      return names;
    } catch (IOException endedMeanwhile) {
      return List.of();
    }
  }

  @Test
  void saysInOneLineThatTheAccessLogCannotBeWritten() throws Exception {
    start(Map.of(), folder.toString(), "--access-log", folder.resolve("no/where").toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said()).contains("cannot write to", "--access-log").doesNotContain("\tat ");
  }

  @Test
  void saysInOneLineThatAPortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(Map.of(), folder.toString(), "--port", Integer.toString(other.getLocalPort()));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(said()).contains("127.0.0.1:" + other.getLocalPort() + " is taken", "--port");
      assertThat(said()).doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "threads", "one-by-one"})
  void doesWithoutTheCallsOfLinuxAndSaysSo(String model) throws Exception {
    Files.writeString(folder.resolve("index.html"), "home");
    Files.writeString(folder.resolve("large.txt"), "large ".repeat(100_000));
    options = List.of("-Dos.name=Other");
    start(Map.of(), folder.toString(), "--port=0", "--model", model);
    int port = ports(1).getFirst();
    assertThat(said()).contains("selectors of Java stand in");
    assertThat(get(port, "/").body()).isEqualTo("home");
    assertThat(get(port, "/large.txt").body()).isEqualTo("large ".repeat(100_000));
    assertThat(get(port, "/nothing.txt").statusCode()).isEqualTo(404);
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said()).contains("stopped drained");
  }

  @Test
  void saysThatWorkerProcessesNeedLinux() throws Exception {
    options = List.of("-Dos.name=Other");
    start(Map.of(), folder.toString(), "--port=0", "--model=processes");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said()).contains("needs Linux").doesNotContain("\tat ");
  }

  /// An IPv4 address in the form of IPv6, so that a machine without IPv6 has it too.
  @Test
  void saysWhereItListensAsAnAddressThatCanBeOpened() throws Exception {
    start(Map.of(), folder.toString(), "--port=0", "--bind=::ffff:127.0.0.1");
    Eventually.isTrue(() -> said().contains("listening on ") || !process.isAlive());
    assertThat(said()).containsPattern("listening on http://\\[::ffff:127\\.0\\.0\\.1]:\\d+/ ");
  }

  @Test
  void saysThatASecondOneTakesNoPort() throws Exception {
    start(Map.of(), folder.toString(), "--port=0");
    int port = ports(1).getFirst();
    Process first = process;
    try {
      start(Map.of(), folder.toString(), "--port=" + port);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said()).contains("is taken");
    } finally {
      first.destroyForcibly();
    }
  }

  @Test
  void saysInOneLineThatTheSecretIsMissingOrShort() throws Exception {
    start(Map.of("TERCET_DATA", folder.toString()));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said()).contains("service-secret cannot be read").doesNotContain("\tat ");
    Files.writeString(folder.resolve("service-secret"), "short");
    start(Map.of("TERCET_DATA", folder.toString()));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said()).contains("shorter than 32 bytes");
  }

  @Test
  void saysInOneLineThatAFolderIsMissing() throws Exception {
    start(Map.of(), folder.resolve("nowhere").toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(said()).contains("is not a folder");
  }

  private void start(Map<String, String> environment, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    builder.environment().putAll(environment);
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    process = builder.redirectOutput(log.toFile()).start();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private List<Integer> ports(int count) {
    List<Integer> ports = new ArrayList<>();
    Eventually.isTrue(() -> {
      ports.clear();
      Matcher matcher = PORT.matcher(said());
      while (matcher.find()) {
        ports.add(Integer.valueOf(matcher.group(1)));
      }
      return ports.size() == count || !process.isAlive();
    });
    assertThat(ports).hasSize(count);
    return ports;
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
