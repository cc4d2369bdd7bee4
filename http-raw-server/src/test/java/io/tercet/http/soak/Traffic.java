package io.tercet.http.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.Client;
import io.tercet.http.parse.Corpus;
import io.tercet.http.parse.Mutations;
import io.tercet.http.parse.ParserFuzzer;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients of every kind at once, each kind on two threads: one connection after the other until
/// the time is over. The well-behaved check each byte that they get, and leave when the server says
/// that it closes.
///
/// What they say depends on a seed, which every failure names: SOAK_SEED says the same again.
final class Traffic {
  static final String SMALL = "small ".repeat(100);
  static final int LARGE_BYTES = 4 * 1024 * 1024;

  private static final int THREADS_PER_KIND = 2;
  private static final byte[] LARGE = large();

  /// One visit on a connection of its own.
  private interface Kind {
    void visit(int port, Random random) throws IOException;
  }

  private final int port;
  private final long seed;
  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<String, AtomicLong> visits = new TreeMap<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean over;

  /// Clients of all runs, each of which has its own chance.
  private int started;

  Traffic(int port) {
    this.port = port;
    String given = System.getenv("SOAK_SEED");
    seed = given == null || given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    kinds.put("keep-alive", Traffic::keepAlive);
    kinds.put("close", Traffic::close);
    kinds.put("pipelined", Traffic::pipelined);
    kinds.put("ranges", Traffic::ranges);
    kinds.put("large files", Traffic::largeFile);
    kinds.put("slow writers", Traffic::slowWriter);
    kinds.put("slow readers", Traffic::slowReader);
    kinds.put("killed clients", Traffic::killed);
    kinds.put("bad input", Traffic::badInput);
    kinds.put("bodies", Traffic::bodies);
    kinds.keySet().forEach(name -> visits.put(name, new AtomicLong()));
  }

  /// What the server must have in its folder.
  static void prepare(Path root) throws IOException {
    Files.writeString(root.resolve("small.txt"), SMALL);
    Files.write(root.resolve("large.bin"), LARGE);
  }

  /// Lets all kinds come for so long.
  void run(Duration time) throws InterruptedException {
    begin();
    LockSupport.parkNanos(time.toNanos());
    end();
  }

  /// From now on all kinds come.
  void begin() {
    over = false;
    kinds.forEach((name, kind) -> {
      for (int i = 0; i < THREADS_PER_KIND; i++) {
        Random random = new Random(seed + started++);
        clients.add(Thread.ofVirtual().name(name).start(() -> keepVisiting(name, kind, random)));
      }
    });
  }

  /// Returns when the last has gone.
  void end() throws InterruptedException {
    over = true;
    for (Thread client : clients) {
      client.join();
    }
    clients.clear();
    assertThat(failures).isEmpty();
    assertThat(visits).allSatisfy((name, count) -> assertThat(count).hasPositiveValue());
  }

  /// How often each kind came, and by which seed.
  @Override
  public String toString() {
    return visits + ", SOAK_SEED=" + seed;
  }

  private void keepVisiting(String name, Kind kind, Random random) {
    // At least once, however slow the machine.
    do {
      try {
        kind.visit(port, random);
        visits.get(name).incrementAndGet();
      } catch (IOException | RuntimeException | AssertionError failure) {
        failures.add(new AssertionError(name + ", SOAK_SEED=" + seed + ": " + failure, failure));
      }
    } while (!over && failures.isEmpty());
  }

  private static void keepAlive(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      boolean goesOn = true;
      for (int i = random.nextInt(50); i >= 0 && goesOn; i--) {
        Client.Answer answer = heard(visitor.say(Client.get("/small.txt")), 200);
        assertThat(answer.text()).isEqualTo(SMALL);
        goesOn = !answer.isLast() && !heard(visitor.say(Client.get("/nothing.txt")), 404).isLast();
      }
    }
  }

  private static void close(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      visitor.say(Client.get("/small.txt", "Connection: close"));
      assertThat(visitor.hear(200)).asString().isEqualTo(SMALL);
      assertThat(visitor.isClosed()).isTrue();
    }
  }

  private static void pipelined(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      visitor.say((Client.get("/small.txt") + Client.get("/nothing.txt")).repeat(16));
      boolean goesOn = true;
      for (int i = 0; i < 16 && goesOn; i++) {
        Client.Answer answer = heard(visitor, 200);
        assertThat(answer.text()).isEqualTo(SMALL);
        goesOn = !answer.isLast() && !heard(visitor, 404).isLast();
      }
    }
  }

  private static void ranges(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      boolean goesOn = true;
      for (int i = 0; i < 8 && goesOn; i++) {
        int from = random.nextInt(LARGE_BYTES);
        int to = Math.min(LARGE_BYTES, from + 1 + random.nextInt(100_000));
        visitor.say(Client.get("/large.bin", "Range: bytes=" + from + "-" + (to - 1)));
        Client.Answer part = heard(visitor, 206);
        assertThat(Arrays.equals(part.body(), Arrays.copyOfRange(LARGE, from, to))).isTrue();
        goesOn = !part.isLast();
      }
      if (goesOn) {
        visitor.say(Client.get("/large.bin", "Range: bytes=" + LARGE_BYTES + "-")).hear(416);
      }
    }
  }

  private static void largeFile(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      visitor.say(Client.get("/large.bin"));
      assertThat(Arrays.equals(visitor.hear(200), LARGE)).isTrue();
    }
  }

  private static void slowWriter(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      for (byte octet : Client.get("/small.txt").getBytes()) {
        visitor.say(new byte[] {octet});
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(visitor.hear(200)).asString().isEqualTo(SMALL);
    }
  }

  private static void slowReader(int port, Random random) throws IOException {
    try (Client visitor = new Client(port, 4096)) {
      visitor.say(Client.get("/large.bin"));
      for (int i = 0; i < 50; i++) {
        visitor.taste();
        LockSupport.parkNanos(2_000_000);
      }
    }
  }

  private static void killed(int port, Random random) throws IOException {
    Client visitor = new Client(port);
    switch (random.nextInt(4)) {
      case 0 -> visitor.say("GET /small.t");
      case 1 -> visitor.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf");
      case 2 -> visitor.say(Client.get("/large.bin").repeat(3)).taste();
      default -> {} // Not a word.
    }
    visitor.vanish();
  }

  private static void badInput(int port, Random random) throws IOException {
    Mutations mutations = new Mutations(Corpus.seeds(), random);
    for (int i = 0; i < 20; i++) {
      byte[] stream = mutations.next();
      try {
        String said = saidTo(port, stream);
        assertThat(said.isEmpty() || said.startsWith("HTTP/1.1 ")).as(said).isTrue();
      } catch (IOException | AssertionError failure) {
        throw new AssertionError(failure + " for " + ParserFuzzer.quoted(stream), failure);
      }
    }
  }

  /// What the server says to whoever sends this, until it closes.
  private static String saidTo(int port, byte[] stream) throws IOException {
    try (Client visitor = new Client(port)) {
      try {
        visitor.say(stream).endOutput();
      } catch (SocketException refusedBefore) {
        // The server may have heard enough.
      }
      return visitor.rest();
    }
  }

  private static void bodies(int port, Random random) throws IOException {
    try (Client visitor = new Client(port)) {
      String head = "POST /small.txt HTTP/1.1\r\nHost: a.example\r\n";
      boolean goesOn = true;
      for (int i = 0; i < 8 && goesOn; i++) {
        int length = random.nextInt(100_000);
        String data = "x".repeat(length);
        String whole = "Content-Length: " + length + "\r\n\r\n" + data;
        String chunk = Integer.toHexString(length + 1) + "\r\n" + data + "x\r\n";
        String chunks = "Transfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n";
        goesOn =
            !heard(visitor.say(head + whole), 405).isLast()
                && !heard(visitor.say(head + chunks), 405).isLast();
      }
    }
  }

  private static Client.Answer heard(Client visitor, int status) throws IOException {
    Client.Answer answer = visitor.hear();
    assertThat(answer.status()).as(answer.head()).isEqualTo(status);
    return answer;
  }

  private static byte[] large() {
    byte[] large = new byte[LARGE_BYTES];
    new Random(4711).nextBytes(large);
    return large;
  }
}
