package io.tercet.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.example.GuestBook;
import io.tercet.http.handle.EchoHandler;
import io.tercet.http.message.Handler;
import io.tercet.http.message.IpAddressRange;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.Rule;
import io.tercet.http.readiness.Network;
import io.tercet.http.server.FailureLog;
import io.tercet.http.settings.Bounds;
import io.tercet.http.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The server inside another program, over real sockets.
@Timeout(60)
class HttpServerTest {
  private static final int BODY_BYTES = 1_000_000;
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final List<IpAddressRange> LOOPBACK = IpAddressRange.list("127.0.0.0/8,::1");

  private final List<Rule> refused = new CopyOnWriteArrayList<>();
  private final List<AccessLog.Entry> logged = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Settings.Model.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_BY_ONE", "PROCESSES"})
  void answersAsTheHandlerOfTheExampleDoes(Settings.Model model) throws Exception {
    server = HttpServer.answering(new GuestBook()).model(model).start();
    try (HttpClient client = client()) {
      assertThat(client.send(post("hello"), BodyHandlers.ofString()).statusCode()).isEqualTo(204);
      assertThat(client.send(post("you"), BodyHandlers.ofString()).statusCode()).isEqualTo(204);
      HttpRequest read = HttpRequest.newBuilder(uri()).build();
      assertThat(client.send(read, BodyHandlers.ofString()).body()).isEqualTo("hello\nyou");
      assertThat(client.send(post("x".repeat(201)), BodyHandlers.ofString()).statusCode())
          .isEqualTo(413);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Settings.Model.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_BY_ONE", "PROCESSES"})
  void echoesLargeBodiesOfEitherFraming(Settings.Model model) throws Exception {
    byte[] body = new byte[BODY_BYTES];
    new Random(4711).nextBytes(body);
    server = HttpServer.answering(new EchoHandler(BODY_BYTES)).model(model).start();
    try (HttpClient client = client()) {
      for (var publisher :
          List.of(
              BodyPublishers.ofByteArray(body),
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
        HttpRequest request =
            HttpRequest.newBuilder(uri()).PUT(publisher).header("Content-Type", "a/b").build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("a/b");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Settings.Model.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_BY_ONE", "PROCESSES"})
  void refusesAClientThatHasEnoughConnections(Settings.Model model) throws IOException {
    serve(new ConnectionLimiter(TrustedProxies.NONE, 2), model, ConnectionLimits.DEFAULT);
    try (Socket first = socket();
        Socket second = socket()) {
      assertThat(answer(first, GET)).startsWith("HTTP/1.1 200");
      assertThat(answer(second, GET)).startsWith("HTTP/1.1 200");
      try (Socket third = socket()) {
        assertThat(answer(third, "")).startsWith("HTTP/1.1 429");
      }
      assertThat(refused).containsExactly(Rule.TOO_MANY_OF_ONE_CLIENT);
    }
    Eventually.isTrue(() -> {
      try (Socket again = socket()) {
        return answer(again, GET).startsWith("HTTP/1.1 200");
      }
    });
  }

  @ParameterizedTest
  @EnumSource(
      value = Settings.Model.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_BY_ONE", "PROCESSES"})
  void knowsWhereAConnectionComesFrom(Settings.Model model) throws IOException {
    serve(ConnectionLimiter.any(), model, ConnectionLimits.DEFAULT);
    try (Socket socket = socket()) {
      answer(socket, GET);
      Eventually.isTrue(() -> logged.size() == 1);
      assertThat(logged.getFirst().client().address()).hasToString("127.0.0.1");
      assertThat(logged.getFirst().client().port()).isEqualTo(socket.getLocalPort());
    }
  }

  @Test
  void knowsWhereAnIpv6ConnectionComesFrom() throws IOException {
    server =
        builder(ConnectionLimiter.any(), Settings.Model.EPOLL, ConnectionLimits.DEFAULT)
            .address("::1")
            .start();
    try (Socket socket = socket()) {
      answer(socket, GET);
      Eventually.isTrue(() -> logged.size() == 1);
      assertThat(logged.getFirst().client().address()).hasToString("::1");
      assertThat(logged.getFirst().client().port()).isEqualTo(socket.getLocalPort());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Settings.Model.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_BY_ONE", "PROCESSES"})
  void believesATrustedProxy(Settings.Model model) throws IOException {
    serve(
        new ConnectionLimiter(new TrustedProxies(LOOPBACK, true), 0),
        model,
        ConnectionLimits.DEFAULT);
    byte[] header =
        HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "2111000cc00002017f00000112670050");
    try (Socket socket = socket()) {
      socket.getOutputStream().write(header, 0, 17);
      socket.getOutputStream().write(header, 17, header.length - 17);
      assertThat(answer(socket, GET)).startsWith("HTTP/1.1 200");
      Eventually.isTrue(() -> logged.size() == 1);
      assertThat(logged.getFirst().client().address()).hasToString("192.0.2.1");
    }
    try (Socket socket = socket()) {
      assertThat(answer(socket, GET)).isEmpty();
      assertThat(refused).containsExactly(Rule.PROXY_HEADER);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Settings.Model.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONE_BY_ONE", "PROCESSES"})
  void doesNotWaitForASlowBody(Settings.Model model) throws IOException {
    ConnectionLimits usual = ConnectionLimits.DEFAULT;
    ConnectionLimits quick =
        new ConnectionLimits(
            usual.header(),
            usual.body(),
            usual.idle(),
            usual.write(),
            usual.linger(),
            1_000_000,
            Duration.ofMillis(200),
            100);
    serve(ConnectionLimiter.any(), model, quick);
    try (Socket socket = socket()) {
      String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nx";
      assertThat(answer(socket, post)).startsWith("HTTP/1.1 408");
      assertThat(refused).containsExactly(Rule.BODY_TOO_SLOW);
    }
  }

  @Test
  void logsWhatTheHandlerThrowsUnlessAnObserverIsToldOfIt() throws IOException {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(FailureLog.class.getName());
    Filter keeping = entry -> !thrown.add(entry.getThrown());
    logger.setFilter(keeping);
    RuntimeException bug = new IllegalStateException("a bug of the handler");
    server =
        HttpServer.answering(
                request -> {
                  throw bug;
                })
            .start();
    try (Socket socket = socket()) {
      assertThat(answer(socket, GET)).startsWith("HTTP/1.1 500");
      assertThat(thrown).containsExactly(bug);
    } finally {
      logger.setFilter(null);
    }
  }

  @Test
  void exchangesItsModelWhileItServes() throws IOException {
    server = HttpServer.answering(new EchoHandler(0)).start();
    assertThat(server.model()).isEqualTo("epoll");
    assertThat(server.models()).contains("virtual-threads").doesNotContain("processes");
    try (Socket before = socket()) {
      assertThat(answer(before, GET)).startsWith("HTTP/1.1 200");
      server.exchangeModel("virtual-threads");
      assertThat(server.model()).isEqualTo("virtual-threads");
      assertThat(answer(before, GET)).startsWith("HTTP/1.1 200");
      try (Socket after = socket()) {
        assertThat(answer(after, GET)).startsWith("HTTP/1.1 200");
        assertThat(server.connections()).isEqualTo(2);
      }
    }
    assertThat(server.requests()).isEqualTo(3);
    Eventually.isTrue(() -> server.connections() == 0);
  }

  @Test
  void hasNoModelOfOtherProcesses() throws IOException {
    server = HttpServer.answering(new EchoHandler(0)).start();
    for (String name : List.of("processes", "another")) {
      assertThatThrownBy(() -> server.exchangeModel(name)).hasMessage("there is no model " + name);
    }
    assertThat(server.model()).isEqualTo("epoll");
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    server = HttpServer.answering(new EchoHandler(0)).start();
    int port = server.address().getPort();
    assertThatThrownBy(() -> HttpServer.answering(new EchoHandler(0)).port(port).start())
        .isInstanceOf(Network.AddressInUse.class);
  }

  @Test
  void stopsOnce() throws IOException {
    server = HttpServer.answering(new EchoHandler(0)).start();
    InetSocketAddress address = server.address();
    assertThat(server.stop(Duration.ofSeconds(10))).isTrue();
    assertThat(server.stop(Duration.ofSeconds(10))).isTrue();
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
        .isInstanceOf(IOException.class);
  }

  private void serve(ConnectionLimiter callers, Settings.Model model, ConnectionLimits deadlines)
      throws IOException {
    server = builder(callers, model, deadlines).start();
  }

  private HttpServer.Builder builder(
      ConnectionLimiter callers, Settings.Model model, ConnectionLimits deadlines) {
    Bounds usual = Bounds.DEFAULT;
    Handler echo = new EchoHandler(RequestLimits.DEFAULT.bodyBytesMax());
    return HttpServer.answering(echo)
        .model(model)
        .listeners(2)
        .connectionLimiter(callers)
        .bounds(
            new Bounds(
                usual.limits(),
                deadlines,
                usual.connectionsMax(),
                usual.clientConnectionsMax(),
                usual.backlog(),
                usual.unfinishedBytesMax(),
                usual.accessLogBytesMax(),
                usual.pool(),
                usual.cache(),
                usual.listingEntriesMax(),
                usual.siteFilesMax()))
        .observer(
            new Observer() {
              @Override
              public void refused(Rule rule) {
                refused.add(rule);
              }
            })
        .accessLog(
            new AccessLog() {
              @Override
              public long now() {
                return System.nanoTime();
              }

              @Override
              public void add(Entry entry) {
                logged.add(entry);
              }
            });
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(uri()).POST(BodyPublishers.ofString(body)).build();
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /// What comes at once after what is said, up to the end of a head; empty if nothing does.
  private static String answer(Socket socket, String said) throws IOException {
    socket.getOutputStream().write(said.getBytes(ISO_8859_1));
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf("\r\n\r\n") < 0) {
      int c = socket.getInputStream().read();
      if (c < 0) {
        break;
      }
      heard.append((char) c);
    }
    return heard.toString();
  }
}
