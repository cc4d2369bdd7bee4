package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ProcessTest {

  @TempDir Path data;

  @Test
  void saysInOneLineThatTheSecretIsMissing() throws Exception {
    try (var gateway = GatewayProcess.start(Map.of("TERCET_DATA", data.toString()))) {
      assertThat(gateway.lastWords())
          .singleElement()
          .asString()
          .startsWith("web-gateway: No service secret in " + data.resolve("service-secret"))
          .contains("make run");
      assertThat(gateway.exit()).isEqualTo(1);
    }
  }

  @Test
  void saysInOneLineThatItsPortIsTaken() throws Exception {
    writeSecret();
    try (var taken = new ServerSocket(0);
        var gateway =
            GatewayProcess.start(
                Map.of(
                    "TERCET_DATA",
                    data.toString(),
                    "TERCET_BIND",
                    "0.0.0.0",
                    "TERCET_PORT",
                    Integer.toString(taken.getLocalPort())))) {
      assertThat(gateway.lastWords())
          .singleElement()
          .asString()
          .contains("Port " + taken.getLocalPort() + " is taken", "TERCET_PORT");
      assertThat(gateway.exit()).isEqualTo(1);
    }
  }

  @Test
  void saysInOneLineWhichHostIsNone() throws Exception {
    writeSecret();
    try (var gateway =
        GatewayProcess.start(
            Map.of("TERCET_DATA", data.toString(), "TERCET_HOSTS", "https://tercet.example"))) {
      assertThat(gateway.lastWords())
          .singleElement()
          .asString()
          .startsWith("web-gateway: TERCET_HOSTS takes host names without scheme")
          .endsWith("https://tercet.example");
      assertThat(gateway.exit()).isEqualTo(1);
    }
  }

  @Test
  void finishesWhatIsUnderWayAndSendsSocketsAwayBeforeItEnds() throws Exception {
    writeSecret();
    var mayFinish = Sinks.<ByteBuf>one();
    var files = new FakeService("files");
    files.behave((_, response) ->
        response
            .header("Content-Length", "9")
            .send(Flux.concat(Mono.just(ascii("half-")), mayFinish.asMono()), _ -> true));
    var chat = new FakeService("chat");
    chat.behave((_, response) -> response.sendWebsocket((in, _) -> in.receive().then()));
    var environment =
        Map.of(
            "TERCET_DATA",
            data.toString(),
            "TERCET_CHAT_URL",
            chat.url(),
            "TERCET_FILES_URL",
            files.url());
    try (var gateway = GatewayProcess.start(environment).awaitStarted();
        var download = new Socket("127.0.0.1", gateway.port())) {
      download.setSoTimeout(60_000);
      download
          .getOutputStream()
          .write(new RawRequest(gateway.port(), "GET", "/api/files/people/me/a").head());
      var closed = openSocket(gateway.port());
      await().atMost(Duration.ofSeconds(60)).until(() -> !files.seen().isEmpty());
      assertThat(new RawRequest(gateway.managementPort(), "GET", "/api/rooms").send().status())
          .as("a route at the management port")
          .isEqualTo(404);

      gateway.terminate();

      assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo(1001);
      await().atMost(Duration.ofSeconds(60)).until(() -> refusesConnections(gateway.port()));
      mayFinish.tryEmitValue(ascii("half")).orThrow();
      assertThat(RawRequest.Answer.read(download.getInputStream(), false).text())
          .isEqualTo("half-half");
      assertThat(gateway.exit()).isEqualTo(143);
    }
  }

  private void writeSecret() throws IOException {
    Files.writeString(data.resolve("service-secret"), "s".repeat(44) + "\n");
  }

  private static CompletableFuture<Integer> openSocket(int port) {
    var closed = new CompletableFuture<Integer>();
    var listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
          }
        };
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer own-token")
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/socket"), listener)
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
    return closed;
  }

  private static boolean refusesConnections(int port) {
    try (var _ = new Socket("127.0.0.1", port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }
}
