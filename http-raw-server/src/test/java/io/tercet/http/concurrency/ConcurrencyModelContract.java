package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.connection.Deadlines;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.Protocol;
import io.tercet.http.handle.ContentCache;
import io.tercet.http.handle.StaticFiles;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Corpus;
import io.tercet.http.parse.Limits;
import io.tercet.http.posix.PosixFileTree;
import io.tercet.http.posix.PosixNetwork;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every concurrency model does alike; that is what makes them interchangeable.
@Timeout(180)
abstract class ConcurrencyModelContract {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LARGE_BYTES = 16 * 1024 * 1024;

  @TempDir Path root;
  private final Network network = new PosixNetwork();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger handled = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private Server server;

  /// The model under test.
  abstract ConcurrencyModel model(Network network, Protocol protocol, int connectionsMax);

  @BeforeEach
  void start() throws IOException {
    Files.writeString(root.resolve("hello.txt"), "hello");
    server = serve(Deadlines.DEFAULT, 10_000);
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(open).hasValue(0);
    assertThat(failures).allMatch("a secret"::equals);
  }

  @Test
  void answersARequest() throws IOException {
    try (Client client = client()) {
      assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
    }
  }

  @Test
  void keepsAConnectionAlive() throws IOException {
    try (Client client = client()) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.ask("/n/" + i).text()).isEqualTo("/n/" + i);
      }
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      requests.append(Client.get(i % 7 == 0 ? "/hello.txt" : "/n/" + i));
    }
    try (Client client = client()) {
      client.say(requests.toString());
      for (int i = 0; i < 2_000; i++) {
        assertThat(client.hear().text()).isEqualTo(i % 7 == 0 ? "hello" : "/n/" + i);
      }
    }
  }

  @Test
  void answersPipelinedRequestsForLargeFilesInOrder() throws IOException {
    byte[] large = writeLarge();
    try (Client client = client()) {
      client.say((Client.get("/large.bin") + Client.get("/n/1")).repeat(3));
      for (int i = 0; i < 3; i++) {
        assertThat(client.hear().body()).isEqualTo(large);
        assertThat(client.hear().text()).isEqualTo("/n/1");
      }
    }
  }

  @Test
  void answersAtOnceBesideAThousandIdleConnections() throws IOException {
    List<Client> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        idle.add(client());
      }
      Eventually.isTrue(() -> open.get() == 1_000);
      try (Client client = client()) {
        assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      }
      assertThat(idle.getLast().ask("/n/last").text()).isEqualTo("/n/last");
      assertThat(idle.getFirst().ask("/n/first").text()).isEqualTo("/n/first");
    } finally {
      for (Client client : idle) {
        client.close();
      }
    }
    Eventually.isTrue(() -> open.get() == 0);
  }

  @Test
  void answersManyClientsAtOnce() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> all = new ArrayList<>();
      for (int c = 0; c < 50; c++) {
        int number = c;
        Callable<Void> work =
            () -> {
              try (Client client = client()) {
                for (int i = 0; i < 100; i++) {
                  String path = "/n/" + number + "/" + i;
                  assertThat(client.ask(path).text()).isEqualTo(path);
                }
                return null;
              }
            };
        all.add(clients.submit(work));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    }
    assertThat(handled).hasValue(5_000);
  }

  @Test
  void answersAClientThatTrickles() throws IOException {
    try (Client client = client()) {
      for (byte each : Client.get("/n/slow").getBytes(ISO_8859_1)) {
        client.say(new byte[] {each});
      }
      assertThat(client.hear().text()).isEqualTo("/n/slow");
    }
  }

  @Test
  void isNotHeldUpByClientsThatStopInTheMiddle() throws IOException {
    List<Client> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        stuck.add(client().say("GET / HTTP/1.1\r\nHo"));
      }
      try (Client client = client()) {
        assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      }
    } finally {
      for (Client client : stuck) {
        client.close();
      }
    }
  }

  @Test
  void isNotHeldUpByClientsThatDoNotRead() throws IOException {
    writeLarge();
    List<Client> deaf = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        deaf.add(new Client(server.address(), 4096).say(Client.get("/large.bin")));
      }
      try (Client client = client()) {
        assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      }
      assertThat(deaf.getFirst().hear().body()).hasSize(LARGE_BYTES);
    } finally {
      for (Client client : deaf) {
        client.close();
      }
    }
  }

  @Test
  void answersAClientThatHasEndedItsOutput() throws IOException {
    try (Client client = client()) {
      client.say(Client.get("/n/1") + Client.get("/n/2"));
      client.socket.shutdownOutput();
      assertThat(client.hear().text()).isEqualTo("/n/1");
      assertThat(client.hear().text()).isEqualTo("/n/2");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesARequestThatEndsInTheMiddle() throws IOException {
    try (Client client = client()) {
      client.say("GET / HTTP/1.1\r\nHost: a");
      client.socket.shutdownOutput();
      assertThat(client.hear().status()).isEqualTo(400);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void survivesClientsThatVanish() throws IOException {
    writeLarge();
    for (int i = 0; i < 50; i++) {
      Client client = client();
      client.say(i % 2 == 0 ? Client.get("/large.bin") : "GET /half");
      client.vanish();
    }
    try (Client client = client()) {
      assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
    }
    Eventually.isTrue(() -> open.get() == 0);
  }

  @Test
  void refusesARequestLineOfAMegabyte() throws IOException {
    try (Client client = client()) {
      client.say(Client.get("/" + "a".repeat(1024 * 1024)));
      assertThat(client.hear().status()).isEqualTo(414);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesHeadersWithoutEnd() throws IOException {
    try (Client client = client()) {
      client.say("GET / HTTP/1.1\r\nHost: a\r\nX: ");
      client.say("y".repeat(256 * 1024));
      assertThat(client.hear().status()).isEqualTo(431);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesABodyThatIsTooLargeWhileItIsSent() throws IOException {
    try (Client client = client()) {
      client.say("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n");
      client.say(new byte[64 * 1024]);
      assertThat(client.hear().status()).isEqualTo(413);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesWhatTheCorpusRefusesAndHandlesNothingBehindIt() throws IOException {
    for (Corpus.Case sample : Corpus.all()) {
      String last = sample.events().getLast();
      if (last.startsWith("refused ")) {
        int before = handled.get();
        try (Client client = client()) {
          client.say(sample.bytes()).say(Client.get("/smuggled"));
          for (int whole = 0; whole < sample.wholeRequests(); whole++) {
            client.hear();
          }
          String status = Integer.toString(client.hear().status());
          assertThat(last).as(sample.name()).startsWith("refused " + status);
          assertThat(client.isClosed()).isTrue();
        }
        assertThat(handled).as(sample.name()).hasValue(before + sample.wholeRequests());
      }
    }
  }

  @Test
  void answersAFailingHandlerWith500() throws IOException {
    try (Client client = client()) {
      Client.Answer answer = client.ask("/fail");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).contains("internal-error").doesNotContain("secret");
      assertThat(client.isClosed()).isTrue();
    }
    try (Client client = client()) {
      assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
    }
  }

  @Test
  void closesRatherThanLieWhenAFileShrinksWhileItIsSent() throws IOException {
    writeLarge();
    try (Client client = new Client(server.address(), 4096)) {
      client.say(Client.get("/large.bin"));
      assertThat(client.socket.getInputStream().read()).isEqualTo('H');
      try (RandomAccessFile file = new RandomAccessFile(root.resolve("large.bin").toFile(), "rw")) {
        file.setLength(100);
      }
      assertThat(client.drain()).isLessThan(LARGE_BYTES);
    }
  }

  @Test
  void tellsAClientThatItsHeadTookTooLong() throws IOException {
    restart(deadlines(Duration.ofMillis(200), Duration.ofSeconds(60)), 10_000);
    try (Client client = client()) {
      client.say("GET / HT");
      assertThat(client.hear().status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void closesAConnectionThatIsIdleForTooLong() throws IOException {
    restart(deadlines(Duration.ofSeconds(10), Duration.ofMillis(200)), 10_000);
    try (Client client = client()) {
      assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void tellsOneClientTooManyThatItIsFull() throws IOException {
    restart(Deadlines.DEFAULT, 2);
    try (Client first = client();
        Client second = client()) {
      assertThat(first.ask("/n/1").status()).isEqualTo(200);
      assertThat(second.ask("/n/2").status()).isEqualTo(200);
      try (Client third = client()) {
        assertThat(third.hear().status()).isEqualTo(503);
      }
    }
    Eventually.isTrue(() -> open.get() == 0);
    try (Client client = client()) {
      assertThat(client.ask("/n/3").status()).isEqualTo(200);
    }
  }

  @Test
  void letsWhatHasBegunFinishBeforeItStops() throws Exception {
    try (Client busy = client();
        Client idle = client()) {
      assertThat(idle.ask("/n/1").status()).isEqualTo(200);
      busy.say("POST /n/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
      // Handled after what busy said has arrived, on whichever thread.
      Eventually.isTrue(() -> open.get() == 2);
      try (ExecutorService stopper = Executors.newSingleThreadExecutor()) {
        Future<Boolean> stopped = stopper.submit(() -> server.stop(PATIENCE));
        assertThat(idle.isClosed()).isTrue();
        assertThat(stopped.isDone()).isFalse();
        Client.Answer answer = busy.say("cd").hear();
        assertThat(answer.status()).isEqualTo(200);
        // Whether the answer could still say so depends on which of the two was told first.
        assertThat(busy.isClosed()).isTrue();
        assertThat(stopped.get()).isTrue();
      }
    }
    server = serve(Deadlines.DEFAULT, 10_000);
  }

  @Test
  void cutsOffWhatDoesNotFinishInTime() throws IOException {
    try (Client client = client()) {
      client.say("GET / HT");
      Eventually.isTrue(() -> open.get() == 1);
      assertThat(server.stop(Duration.ofMillis(100))).isFalse();
      assertThat(client.isClosed()).isTrue();
    }
    server = serve(Deadlines.DEFAULT, 10_000);
  }

  @Test
  void leavesQueuedConnectionsToTheNextModel() throws IOException {
    List<Listener> listeners = network.listen(ANY_PORT, 2, 128);
    Protocol protocol = protocol(Deadlines.DEFAULT);
    ConcurrencyModel first = model(network, protocol, 100);
    first.start(listeners);
    first.stop(PATIENCE);
    List<Client> queued = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        queued.add(new Client(listeners.getFirst().address()).say(Client.get("/n/" + i)));
      }
      ConcurrencyModel second = model(network, protocol, 100);
      second.start(listeners);
      for (int i = 0; i < 20; i++) {
        assertThat(queued.get(i).hear().text()).isEqualTo("/n/" + i);
      }
      second.stop(PATIENCE);
    } finally {
      for (Client client : queued) {
        client.close();
      }
      listeners.forEach(Listener::close);
    }
  }

  private Client client() throws IOException {
    return new Client(server.address());
  }

  private void restart(Deadlines deadlines, int connectionsMax) throws IOException {
    server.close();
    server = serve(deadlines, connectionsMax);
  }

  private Server serve(Deadlines deadlines, int connectionsMax) throws IOException {
    Protocol protocol = protocol(deadlines);
    return Server.start(network, ANY_PORT, 2, 2048, model(network, protocol, connectionsMax));
  }

  private static Deadlines deadlines(Duration header, Duration idle) {
    Deadlines usual = Deadlines.DEFAULT;
    return new Deadlines(
        header, usual.body(), idle, usual.write(), usual.linger(), usual.requestsMax());
  }

  private Protocol protocol(Deadlines deadlines) {
    Observer counting =
        new Observer() {
          @Override
          public void opened() {
            open.incrementAndGet();
          }

          @Override
          public void closed() {
            open.decrementAndGet();
          }

          @Override
          public void failed(RuntimeException failure) {
            failures.add(String.valueOf(failure.getMessage()));
          }
        };
    return new Protocol(
        handler(),
        Limits.DEFAULT,
        deadlines,
        new HeadRenderer(new HttpDate(InstantSource.system())),
        counting);
  }

  /// `/n/…` says its own path, `/fail` fails, anything else is a file.
  private Handler handler() {
    StaticFiles files =
        new StaticFiles(
            new PosixFileTree(root),
            new ContentCache(ContentCache.Settings.DEFAULT, System::nanoTime),
            () -> "boundary",
            false);
    return request -> {
      handled.incrementAndGet();
      if (request.path().startsWith("/n/")) {
        return echo(request);
      }
      if (request.path().equals("/fail")) {
        throw new IllegalStateException("a secret");
      }
      return files.handle(request);
    };
  }

  private static Response echo(Request request) {
    return Response.of(Status.OK, Fields.NONE, request.path().getBytes(ISO_8859_1));
  }

  private byte[] writeLarge() throws IOException {
    byte[] large = new byte[LARGE_BYTES];
    new Random(4711).nextBytes(large);
    Files.write(root.resolve("large.bin"), large);
    return large;
  }
}
