package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.Eventually;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.parse.Corpus;
import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every concurrency model does alike; that is what makes them interchangeable.
@Timeout(180)
abstract class ConcurrencyModelContract extends ServedModel {
  /// More than twice the threads of the pool that is tested.
  private static final int STUCK = 150;

  @Test
  void answersARequest() throws IOException {
    try (Client client = client()) {
      assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
    }
  }

  @Test
  void keepsAConnectionAliveUnlessItSaysOtherwise() throws IOException {
    try (Client client = client()) {
      if (has(Trait.ONE_REQUEST_PER_CONNECTION)) {
        assertThat(client.ask("/n/1").head()).contains("Connection: close");
        assertThat(client.isClosed()).isTrue();
        return;
      }
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
      for (int i = 0; i < answersPerConnection(2_000); i++) {
        assertThat(client.hear().text()).isEqualTo(i % 7 == 0 ? "hello" : "/n/" + i);
      }
    }
  }

  @Test
  void answersPipelinedRequestsForLargeFilesInOrder() throws IOException {
    byte[] large = writeLarge();
    try (Client client = client()) {
      client.say((Client.get("/large.bin") + Client.get("/n/1")).repeat(3));
      for (int i = 0; i < answersPerConnection(6); i++) {
        byte[] expected = i % 2 == 0 ? large : "/n/1".getBytes(ISO_8859_1);
        assertThat(client.hear().body()).isEqualTo(expected);
      }
    }
  }

  @Test
  void answersAtOnceBesideManyIdleConnections() throws IOException {
    List<Client> idle = new ArrayList<>();
    try {
      int count = patientWith();
      for (int i = 0; i < count; i++) {
        idle.add(client());
      }
      Eventually.isTrue(() -> open.get() == count);
      try (Client client = client()) {
        assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      }
      if (count > 0) {
        assertThat(idle.getLast().ask("/n/last").text()).isEqualTo("/n/last");
        assertThat(idle.getFirst().ask("/n/first").text()).isEqualTo("/n/first");
      }
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
              for (int connection = 0; connection < 10; connection++) {
                try (Client client = client()) {
                  for (int i = 0; i < answersPerConnection(10); i++) {
                    String path = "/n/" + number + "/" + i;
                    assertThat(client.ask(path).text()).isEqualTo(path);
                  }
                }
              }
              return null;
            };
        all.add(clients.submit(work));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    }
    server().stop(PATIENCE);
    assertThat(answered).hasValue(500 * answersPerConnection(10));
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
      for (int i = 0; i < Math.min(100, patientWith()); i++) {
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
  void isHeldUpByMoreOfThemThanItHasThreadsOnlyIfItSaysSo() throws IOException {
    List<Client> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < STUCK; i++) {
        stuck.add(client().say("GET / HTTP/1.1\r\nHo"));
      }
      try (Client client = client().say(Client.get("/n/1"))) {
        if (has(Trait.MAY_STARVE_OTHERS)) {
          client.socket.setSoTimeout(300);
          assertThatThrownBy(client::hear).isInstanceOf(SocketTimeoutException.class);
        } else {
          assertThat(client.hear().text()).isEqualTo("/n/1");
        }
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
      for (int i = 0; i < Math.min(20, patientWith()); i++) {
        deaf.add(new Client(server().address(), 4096).say(Client.get("/large.bin")));
      }
      try (Client client = client()) {
        assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      }
      if (!deaf.isEmpty()) {
        assertThat(deaf.getFirst().hear().body()).hasSize(LARGE_BYTES);
      }
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
      for (int i = 1; i <= answersPerConnection(2); i++) {
        assertThat(client.hear().text()).isEqualTo("/n/" + i);
      }
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
    int cases = 0;
    int wholeRequests = 0;
    for (Corpus.Case sample : Corpus.all()) {
      String last = sample.events().getLast();
      if (last.startsWith("refused ") && sample.wholeRequests() < answersPerConnection(99)) {
        cases++;
        try (Client client = client()) {
          client.say(sample.bytes()).say(Client.get("/smuggled"));
          for (int whole = 0; whole < sample.wholeRequests(); whole++) {
            client.hear();
          }
          String status = Integer.toString(client.hear().status());
          assertThat(last).as(sample.name()).startsWith("refused " + status);
          assertThat(client.isClosed()).as(sample.name()).isTrue();
        }
        wholeRequests += sample.wholeRequests();
      }
    }
    server().stop(PATIENCE);
    assertThat(refused).hasValue(cases);
    assertThat(answered).hasValue(cases + wholeRequests);
  }

  @Test
  void answersAFailingHandlerWith500() throws IOException {
    answersWith500("/fail");
  }

  @Test
  void answersAHandlerThatEndsInAnErrorWith500() throws IOException {
    for (int i = 0; i < 2 * listeners(); i++) {
      answersWith500("/break");
    }
  }

  private void answersWith500(String path) throws IOException {
    try (Client client = client()) {
      Client.Answer answer = client.ask(path);
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
    try (Client client = new Client(server().address(), 4096)) {
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
  void isHeldUpByStuckClientsNoLongerThanTheirDeadline() throws IOException {
    restart(deadlines(Duration.ofMillis(300), Duration.ofSeconds(60)), 10_000);
    List<Client> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < Math.max(5, Math.min(100, 2 * patientWith())); i++) {
        stuck.add(client().say("GET / HTTP/1.1\r\nHo"));
      }
      try (Client client = client()) {
        assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      }
      for (Client client : stuck) {
        assertThat(client.hear().status()).isEqualTo(408);
      }
    } finally {
      for (Client client : stuck) {
        client.close();
      }
    }
  }

  @Test
  void closesAConnectionThatIsIdleForTooLong() throws IOException {
    // A client that says nothing for so long after it has connected would be idle, too.
    restart(deadlines(Duration.ofSeconds(60), Duration.ofSeconds(2)), 10_000);
    try (Client client = client()) {
      assertThat(client.ask("/hello.txt").text()).isEqualTo("hello");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void tellsOneClientTooManyThatItIsFull() throws IOException {
    restart(ConnectionLimits.DEFAULT, 2);
    if (has(Trait.OTHER_PROCESSES)) {
      // Each process has its share, and the system chooses which process a connection goes to.
      try (Client first = client();
          Client second = client();
          Client third = client()) {
        assertThat(List.of(first.askOrHear(), second.askOrHear(), third.askOrHear())).contains(503);
      }
      return;
    }
    try (Client first = client();
        Client second = client()) {
      assertThat(first.ask("/n/1").status()).isEqualTo(200);
      assertThat(second.ask("/n/2").status()).isEqualTo(200);
      try (Client third = client()) {
        // Whoever serves one at a time never has one too many.
        boolean oneAtATime = has(Trait.ONE_REQUEST_PER_CONNECTION);
        Client.Answer answer = oneAtATime ? third.ask("/n/3") : third.hear();
        assertThat(answer.status()).isEqualTo(oneAtATime ? 200 : 503);
      }
    }
    Eventually.isTrue(() -> open.get() == 0);
    try (Client client = client()) {
      assertThat(client.ask("/n/3").status()).isEqualTo(200);
    }
  }

  @Test
  void servesTheNextClientWhileOneThatItRefusedHasNotGone() throws IOException {
    restart(lingering(), 2);
    if (has(Trait.OTHER_PROCESSES) || has(Trait.ONE_REQUEST_PER_CONNECTION)) {
      // Each process has its share; and whoever serves one at a time never has one too many.
      return;
    }
    try (Client first = client();
        Client second = client()) {
      assertThat(first.ask("/n/1").status()).isEqualTo(200);
      assertThat(second.ask("/n/2").status()).isEqualTo(200);
      try (Client refused = client()) {
        assertThat(refused.hear().status()).isEqualTo(503);
        first.close();
        awaitOpen(2);
        try (Client next = client()) {
          assertThat(next.ask("/n/3").status()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void letsOneThatItRefusedHearOfItAlthoughItIsRetired() throws IOException {
    restart(lingering(), 1);
    if (has(Trait.OTHER_PROCESSES) || has(Trait.ONE_REQUEST_PER_CONNECTION)) {
      return;
    }
    ConcurrencyModel retired = server().model();
    try (Client served = client()) {
      assertThat(served.ask("/n/1").status()).isEqualTo(200);
      try (Client refused = client()) {
        refused.say("GET /n/2 HTTP/1.1\r\n");
        awaitOpen(2);
        server().swap(model(network, protocol(ConnectionLimits.DEFAULT), new Capacity(100)));
        // The one before may still take a connection or two, and refuse them.
        Eventually.isTrue(this::isServed);
        for (int i = 0; i < 100; i++) {
          // Were it closed, the system would answer with a reset.
          refused.say("X: y\r\n");
        }
        assertThat(refused.hear().status()).isEqualTo(503);
      }
    }
    Eventually.isTrue(retired::isOver);
  }

  @Test
  void letsWhatHasBegunFinishBeforeItStops() throws Exception {
    try (Client idle = client();
        Client busy = client()) {
      assertThat(idle.ask("/n/1").status()).isEqualTo(200);
      busy.say("POST /n/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
      // Handled after what busy said has arrived, on whichever thread.
      Eventually.isTrue(() -> accepted.get() == 2);
      try (ExecutorService stopper = Executors.newSingleThreadExecutor()) {
        Future<Boolean> stopped = stopper.submit(() -> server().stop(PATIENCE));
        assertThat(idle.isClosed()).isTrue();
        assertThat(stopped.isDone()).isFalse();
        Client.Answer answer = busy.say("cd").hear();
        assertThat(answer.status()).isEqualTo(200);
        // Whether the answer could still say so depends on which of the two was told first.
        assertThat(busy.isClosed()).isTrue();
        assertThat(stopped.get()).isTrue();
      }
    }
  }

  @Test
  void cutsOffWhatDoesNotFinishInTime() throws IOException {
    try (Client client = client()) {
      client.say("GET / HT");
      Eventually.isTrue(() -> open.get() == 1);
      assertThat(server().stop(Duration.ofMillis(100))).isFalse();
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void leavesQueuedConnectionsToTheNextModel() throws IOException {
    List<Listener> listeners = network.listen(ANY_PORT, 2, 128);
    ServerContext protocol = protocol(ConnectionLimits.DEFAULT);
    ConcurrencyModel first = model(network, protocol, new Capacity(100));
    first.start(listeners);
    first.stop(PATIENCE);
    List<Client> queued = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        String request = "GET /n/%d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".formatted(i);
        queued.add(new Client(listeners.getFirst().address()).say(request));
      }
      ConcurrencyModel second = model(network, protocol, new Capacity(100));
      second.start(listeners);
      for (int i = 0; i < 20; i++) {
        assertThat(queued.get(i).hear().text()).isEqualTo("/n/" + i);
        queued.get(i).close();
      }
      second.stop(PATIENCE);
    } finally {
      for (Client client : queued) {
        client.close();
      }
      listeners.forEach(Listener::close);
    }
  }

  @Test
  void servesOnWhatItHasWhenItIsRetired() throws IOException {
    try (Client before = client()) {
      before.say("GET /n/be");
      Eventually.isTrue(() -> open.get() == 1);
      ConcurrencyModel retired = server().model();
      server().swap(model(network, protocol(ConnectionLimits.DEFAULT), new Capacity(100)));
      try (Client after = client()) {
        assertThat(after.ask("/n/after").text()).isEqualTo("/n/after");
      }
      before.say("fore HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(before.hear().text()).isEqualTo("/n/before");
      if (!has(Trait.ONE_REQUEST_PER_CONNECTION)) {
        assertThat(before.ask("/n/again").text()).isEqualTo("/n/again");
      }
      before.close();
      Eventually.isTrue(retired::isOver);
    }
  }

  @Test
  void hasAThreadForEachConnectionOnlyIfItSaysSo() throws IOException {
    assertThat(server().model()).isNotNull();
    long before = platformThreads();
    List<Client> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < STUCK; i++) {
        stuck.add(client().say("GET / HTTP/1.1\r\nHo"));
      }
      int served = has(Trait.ONE_REQUEST_PER_CONNECTION) ? 1 : STUCK;
      Eventually.isTrue(() -> open.get() == served);
      if (has(Trait.THREAD_PER_CONNECTION)) {
        Eventually.isTrue(() -> platformThreads() - before >= STUCK * 9 / 10);
      } else {
        // A pool that may have its threads only now is smaller than that.
        assertThat(platformThreads() - before).isLessThan(STUCK / 2);
      }
    } finally {
      for (Client client : stuck) {
        client.close();
      }
    }
  }

  private boolean isServed() throws IOException {
    try (Client client = client()) {
      return client.askOrHear() == 200;
    }
  }

  /// With time enough to see what becomes of a client that was refused.
  private static ConnectionLimits lingering() {
    ConnectionLimits usual = ConnectionLimits.DEFAULT;
    Duration minute = Duration.ofSeconds(60);
    return new ConnectionLimits(
        minute,
        usual.body(),
        minute,
        usual.write(),
        minute,
        usual.bodyRateMin(),
        usual.bodyGrace(),
        100);
  }

  /// Those of virtual threads are not counted: there are as many as cores.
  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
        .count();
  }
}
