package io.tercet.system.desync;

import io.tercet.system.stack.LoneService;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// The two readers, as processes of what `bin/tercet build` made, with a tap on the wire between
/// them.
///
/// No other service is needed: what is sent here is for the page.
final class Readers implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern REFUSALS =
      Pattern.compile("(?m)^tercet_http_refusals_total\\{rule=\"(\\w+)\"} (.*)$");

  private final LoneService server;
  private final LoneService gateway;
  private final int gatewayPort = freePort();
  private final int serverManagementPort;
  private final Tap tap;

  private Readers(Path folder) throws IOException {
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("marker.txt"), DesynchronisationTest.MARKER);
    Files.writeString(site.resolve("victim.txt"), DesynchronisationTest.VICTIM);
    server =
        LoneService.start(
            "http-raw-server",
            folder,
            Map.of(),
            site.toString(),
            "--port=0",
            "--management-port=0");
    List<Integer> ports = server.ports(2);
    serverManagementPort = ports.getLast();
    tap = Tap.before(ports.getFirst());
    Path secret = Files.writeString(folder.resolve("secret"), "s".repeat(40) + "\n");
    gateway =
        LoneService.start(
            "web-gateway",
            folder,
            Map.of(
                "TERCET_PORT", "" + gatewayPort,
                "TERCET_GATEWAY_MANAGEMENT_PORT", "" + freePort(),
                "TERCET_PAGES_URL", "http://127.0.0.1:" + tap.port(),
                "TERCET_HOSTS", "*.example",
                "TERCET_SERVICE_SECRET_FILE", secret.toString()));
    awaitGateway();
  }

  /// Starts both and returns when the gateway answers.
  static Readers start(Path folder) throws IOException {
    return new Readers(folder);
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

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    server.close();
    tap.close();
  }
}
