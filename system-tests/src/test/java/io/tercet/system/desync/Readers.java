package io.tercet.system.desync;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// The two readers, as processes of what `bin/tercet build` made, with a tap on the wire between them.
///
/// No other service is needed: what is sent here is for the page.
final class Readers implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern LISTENING = Pattern.compile("listening on http://127.0.0.1:(\\d+)/");

  private static final Pattern REFUSALS =
      Pattern.compile("(?m)^tercet_http_refusals_total\\{rule=\"(\\w+)\"} (.*)$");

  private final List<Process> processes = new ArrayList<>();
  private final Path root;
  private final Path folder;
  private final int gatewayPort = freePort();
  private final int serverManagementPort;
  private final Tap tap;

  private Readers(Path root, Path folder) throws IOException {
    this.root = root;
    this.folder = folder;
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("marker.txt"), DesynchronisationTest.MARKER);
    Files.writeString(site.resolve("victim.txt"), DesynchronisationTest.VICTIM);
    start("http-raw-server", Map.of(), site.toString(), "--port=0", "--management-port=0");
    List<Integer> ports = serverPorts();
    serverManagementPort = ports.getLast();
    tap = Tap.before(ports.getFirst());
    Path secret = Files.writeString(folder.resolve("secret"), "s".repeat(40) + "\n");
    start(
        "web-gateway",
        Map.of(
            "TERCET_PORT", "" + gatewayPort,
            "TERCET_GATEWAY_MANAGEMENT_PORT", "" + freePort(),
            "TERCET_PAGES_URL", "http://127.0.0.1:" + tap.port(),
            "TERCET_SERVICE_SECRET_FILE", secret.toString()));
    awaitGateway();
  }

  /// Starts both and returns when the gateway answers.
  static Readers start(Path root, Path folder) throws IOException {
    return new Readers(root, folder);
  }

  InetSocketAddress gateway() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), gatewayPort);
  }

  Tap tap() {
    return tap;
  }

  /// How often the server has refused a request, by the rule that was broken.
  Map<String, Long> serverRefusals() throws IOException, InterruptedException {
    URI metrics = URI.create("http://127.0.0.1:" + serverManagementPort + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String text =
          client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      Map<String, Long> refusals = new TreeMap<>();
      Matcher refusal = REFUSALS.matcher(text);
      while (refusal.find()) {
        refusals.put(refusal.group(1), (long) Double.parseDouble(refusal.group(2)));
      }
      return refusals;
    }
  }

  private void start(String service, Map<String, String> environment, String... words)
      throws IOException {
    Path jar = root.resolve("build/run").resolve(service).resolve(service + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not there; run bin/tercet build");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("launcher/jvm/common.args"));
    command.add("@" + root.resolve("launcher/jvm/" + service + ".args"));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(log(service));
    processes.add(builder.start());
  }

  private List<Integer> serverPorts() {
    List<Integer> ports = new ArrayList<>();
    Awaitility.await()
        .atMost(START)
        .until(() -> {
          ports.clear();
          Matcher port = LISTENING.matcher(Files.readString(log("http-raw-server").toPath()));
          while (port.find()) {
            ports.add(Integer.valueOf(port.group(1)));
          }
          return ports.size() == 2;
        });
    return ports;
  }

  private void awaitGateway() {
    Awaitility.await()
        .atMost(START)
        .ignoreExceptions()
        .until(() -> {
          try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), gatewayPort)) {
            return true;
          }
        });
  }

  private File log(String service) {
    return folder.resolve(service + ".log").toFile();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      process.destroyForcibly();
    }
    tap.close();
  }
}
