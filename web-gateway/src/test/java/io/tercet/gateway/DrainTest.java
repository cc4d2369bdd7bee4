package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// A gateway that is stopped while clients use connections that they keep.
class DrainTest {

  private static final int CLIENTS = 40;

  private final FakeService files = new FakeService("files");

  @TempDir Path data;

  @BeforeEach
  void writeSecret() throws IOException {
    Files.writeString(data.resolve("service-secret"), "s".repeat(44) + "\n");
  }

  @RepeatedTest(3)
  void losesNoRequestOfAConnectionThatIsKept() throws Exception {
    try (var gateway = start("60s");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new AtomicInteger();
      List<Future<String>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int pause = i % 20;
        ends.add(threads.submit(() -> askUntilToldToStop(gateway.port(), pause, answers)));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> answers.get() > 10 * CLIENTS);

      gateway.terminate();

      for (Future<String> end : ends) {
        assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("Connection: close");
      }
      assertThat(gateway.exit()).isEqualTo(143);
    }
  }

  @Test
  void takesARequestOnAConnectionThatWasIdleWhenItBegan() throws Exception {
    try (var gateway = start("60s");
        var client = new KeptConnection(gateway.port())) {
      assertThat(client.ask()).doesNotContainKey("connection");

      gateway.terminate();
      await().atMost(Duration.ofSeconds(60)).until(isNotReady(gateway));

      assertThat(client.ask()).containsEntry("connection", "close");
      assertThat(client.in.read()).isEqualTo(-1);
      assertThat(gateway.exit()).isEqualTo(143);
    }
  }

  @Test
  void closesAConnectionOnWhichNoRequestComes() throws Exception {
    try (var gateway = start("100ms");
        var client = new KeptConnection(gateway.port())) {
      client.ask();

      gateway.terminate();

      assertThat(client.in.read()).isEqualTo(-1);
      assertThat(gateway.exit()).isEqualTo(143);
    }
  }

  @Test
  void givesTheConnectionOfALongAnswerAMomentToo() throws Exception {
    var mayFinish = Sinks.<String>one();
    files.behave((_, response) ->
        response
            .header("Content-Length", "9")
            .send(
                Flux.concat(Mono.just("half-"), mayFinish.asMono())
                    .map(text -> Unpooled.copiedBuffer(text, US_ASCII)),
                _ -> true));
    try (var gateway = start("60s");
        var client = new KeptConnection(gateway.port())) {
      client.send();
      await().atMost(Duration.ofSeconds(60)).until(() -> !files.seen().isEmpty());
      assertThat(client.readHead()).doesNotContainKey("connection");
      gateway.terminate();
      await().atMost(Duration.ofSeconds(60)).until(isNotReady(gateway));

      mayFinish.tryEmitValue("half").orThrow();

      assertThat(new String(client.in.readNBytes(9), US_ASCII)).isEqualTo("half-half");
      files.reset();
      assertThat(client.ask()).containsEntry("connection", "close");
      assertThat(gateway.exit()).isEqualTo(143);
    }
  }

  private GatewayProcess start(String idle) throws InterruptedException {
    return GatewayProcess.start(
            Map.of(
                "TERCET_DATA",
                data.toString(),
                "TERCET_FILES_URL",
                files.url(),
                "TERCET_DRAIN_IDLE",
                idle))
        .awaitStarted();
  }

  /// Readiness is down as soon as the stop begins.
  private static Callable<Boolean> isNotReady(GatewayProcess gateway) {
    return () ->
        new RawRequest(gateway.managementPort(), "GET", "/actuator/health/readiness")
                .send()
                .status()
            == 503;
  }

  /// What ended it: the gateway's word, or a failure.
  private static String askUntilToldToStop(int port, int pauseMillis, AtomicInteger answers) {
    try (var client = new KeptConnection(port)) {
      while (!"close".equals(client.ask().get("connection"))) {
        answers.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
      return "Connection: close";
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  /// A client that sends one request after the other.
  private static final class KeptConnection implements AutoCloseable {

    final InputStream in;
    private final Socket socket;
    private final byte[] request;

    KeptConnection(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(60_000);
      in = socket.getInputStream();
      request = new RawRequest(port, "GET", "/api/files/people/me/a").keepingAlive().head();
    }

    void send() throws IOException {
      socket.getOutputStream().write(request);
    }

    /// The headers of the answer, with lower-case names; its body is read.
    Map<String, String> ask() throws IOException {
      send();
      var headers = readHead();
      if (headers.containsKey("content-length")) {
        in.readNBytes(Integer.parseInt(headers.get("content-length")));
      } else {
        for (var size = readLine(); !size.equals("0"); size = readLine()) {
          in.readNBytes(Integer.parseInt(size, 16) + 2);
        }
        readLine();
      }
      return headers;
    }

    Map<String, String> readHead() throws IOException {
      var status = readLine();
      if (!status.startsWith("HTTP/1.1 200 ")) {
        throw new IOException("not answered but: " + status);
      }
      var headers = new HashMap<String, String>();
      for (var line = readLine(); !line.isEmpty(); line = readLine()) {
        var parts = line.split(": ", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
      }
      return headers;
    }

    private String readLine() throws IOException {
      var line = new StringBuilder();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new IOException("ended after: " + line);
        }
        line.append((char) octet);
      }
      return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
