package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tercet.http.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// file-service as contracts/internal.md describes it, in memory, and with faults on demand.
final class FakeFileService implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Long> versions = new TreeMap<>();
  private final Map<String, String> manifests = new ConcurrentHashMap<>();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private long revision;

  /// Every request that came: method, path, Authorization.
  final List<String> requests = new CopyOnWriteArrayList<>();

  /// Answers 503 to everything: unlike one that hangs up, the client asks no second time by itself.
  volatile boolean isAway;

  /// Answers everything with a page, as a wrong address would.
  volatile boolean saysGarbage;

  /// Closes the connection in place of an answer.
  volatile boolean hangsUp;

  /// What the list, and contents, wait for.
  volatile CountDownLatch listGate = new CountDownLatch(0);

  volatile CountDownLatch blobGate = new CountDownLatch(0);

  volatile boolean lies;
  volatile boolean cutsOff;

  /// Sends all of a body but its end, and leaves the connection open.
  volatile boolean stalls;

  /// Sends blanks for a body, one after the other, until the client hangs up.
  volatile boolean trickles;

  volatile boolean sawHangUp;

  /// Fills bodies up with blanks at their end.
  volatile int bytesMin;

  FakeFileService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/internal/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized void publish(String site, Map<String, String> files) {
    long version = versions.merge(site, 1L, Long::sum);
    List<String> entries = new ArrayList<>();
    files.forEach((path, text) -> {
      byte[] bytes = text.getBytes(UTF_8);
      String sha256 = sha256(bytes);
      blobs.put(sha256, bytes);
      entries.add(
          "{\"path\":\"%s\",\"size\":%d,\"sha256\":\"%s\",\"mediaType\":\"text/plain\"}"
              .formatted(path, bytes.length, sha256));
    });
    manifests.put(
        site + "/versions/" + version,
        "{\"site\":\"%s\",\"version\":%d,\"files\":[%s]}"
            .formatted(site, version, String.join(",", entries)));
    revision++;
    notifyAll();
  }

  synchronized void unpublish(String site) {
    versions.remove(site);
    revision++;
    notifyAll();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
    try (exchange) {
      if (isAway) {
        send(exchange, 503, new byte[0]);
      } else if (saysGarbage) {
        send(exchange, 200, "<!doctype html>".getBytes(UTF_8));
      } else if (hangsUp) {
        exchange.getResponseBody();
      } else if (path.equals("/internal/sites")) {
        listGate.await();
        send(exchange, 200, listing(exchange.getRequestURI().getQuery()).getBytes(UTF_8));
      } else if (path.startsWith("/internal/sites/")) {
        String manifest = manifests.get(path.substring("/internal/sites/".length()));
        send(exchange, manifest == null ? 404 : 200, bytes(manifest));
      } else {
        blob(exchange, blobs.get(path.substring("/internal/blobs/".length())));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void blob(HttpExchange exchange, byte[] bytes) throws IOException, InterruptedException {
    blobGate.await();
    if (bytes == null) {
      send(exchange, 404, new byte[0]);
    } else if (cutsOff) {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
    } else {
      send(exchange, 200, lies ? "x".repeat(bytes.length).getBytes(UTF_8) : bytes);
    }
  }

  private synchronized String listing(String query) throws InterruptedException {
    long after = Long.parseLong(query.replaceAll("after=(-?\\d+)&wait=\\d+", "$1"));
    long seconds = Long.parseLong(query.replaceAll("after=-?\\d+&wait=(\\d+)", "$1"));
    long until = System.nanoTime() + Math.min(seconds, 5) * 1_000_000_000L;
    while (revision <= after && System.nanoTime() < until) {
      wait(100);
    }
    List<String> sites = new ArrayList<>();
    versions.forEach(
        (site, version) -> sites.add("{\"site\":\"%s\",\"version\":%d}".formatted(site, version)));
    return "{\"revision\":%d,\"sites\":[%s]}".formatted(revision, String.join(",", sites));
  }

  private static byte[] bytes(String text) {
    return text == null ? new byte[] {'{', '}'} : text.getBytes(UTF_8);
  }

  private void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    OutputStream out = exchange.getResponseBody();
    if (trickles) {
      exchange.sendResponseHeaders(status, 0);
      Eventually.isTrue(() -> hasHungUp(out));
      sawHangUp = true;
      return;
    }
    byte[] filled = Arrays.copyOf(bytes, Math.max(bytes.length, bytesMin));
    Arrays.fill(filled, bytes.length, filled.length, (byte) ' ');
    exchange.sendResponseHeaders(status, filled.length + (stalls ? 1 : 0));
    out.write(filled);
    if (stalls) {
      out.flush();
      awaitClose();
    }
  }

  private static boolean hasHungUp(OutputStream out) {
    try {
      out.write(' ');
      out.flush();
      return false;
    } catch (IOException hungUp) {
      return true;
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
