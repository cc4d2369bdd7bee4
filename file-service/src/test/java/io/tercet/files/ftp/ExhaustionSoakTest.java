package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.Latencies;
import io.tercet.files.RunningService.Answer;
import io.tercet.files.ServiceProcess;
import io.tercet.files.identity.Person;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Everything that can be held is held at once, on the settings and the heap that the launcher
/// gives: connections that never sign in, passive ports, uploads that send nothing or a byte now
/// and then, on all places that one address may have, and one file is stored again and again.
///
/// Meanwhile others sign in, list and store within a bound, and afterwards everything is free.
/// `make soak` takes `SOAK_MINUTES` for it; the tests take seconds, and measure nothing.
@Tag("soak")
@Timeout(14_400)
class ExhaustionSoakTest {
  private static final String MINUTES = System.getenv("SOAK_MINUTES");
  private static final boolean WHOLE = MINUTES != null;
  private static final Duration TIME =
      WHOLE ? Duration.ofSeconds((long) (Double.parseDouble(MINUTES) * 60)) : Duration.ofSeconds(5);

  private static final int SILENT = 60;
  private static final int SESSIONS = 20;
  private static final int SLOW_UPLOADS = 40;
  private static final int PUTS_OF_ONE_FILE = 300;
  private static final int UPLOADS_OF_ONE_PERSON = 8;

  /// The pace of the attack.
  private static final Duration BETWEEN_CONNECTIONS = Duration.ofMillis(5);

  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);

  private static final Duration OTHERS_MAX = Duration.ofSeconds(2);
  private static final double HEAP_MAX = 0.8;

  /// The address of the slow uploads, and of the others, as the gateway tells it.
  private static final String HOSTILE = "203.0.113.9";

  private static final String OTHERS = "198.51.100.7";

  private static final String MINE = "/api/files/people/me/";

  @TempDir Path data;
  private final List<Person> guests = new ArrayList<>();
  private ChatStub chat;
  private ServiceProcess service;
  private Person ada;
  private Person mallory;
  private UUID room;
  private volatile long until;

  @BeforeEach
  void start() throws Exception {
    chat = ChatStub.start();
    ada = person("ada");
    mallory = person("mallory");
    for (int i = 0; i < SLOW_UPLOADS / UPLOADS_OF_ONE_PERSON; i++) {
      guests.add(new Person(UUID.randomUUID(), "eve" + i, true));
    }
    room = chat.room("plans", ada, guests.getFirst());
    service =
        ServiceProcess.start(data, chat, "--tercet.files.ftp.passive-ports=" + FtpSoakTest.ports());
  }

  private Person person(String name) {
    Person person = chat.person(name);
    chat.account(person, RawFtp.PASSWORD);
    return person;
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    chat.close();
  }

  @Test
  void keepsNobodyElseOut() throws Exception {
    Latencies signIns = new Latencies("sign-in over FTP");
    Latencies lists = new Latencies("list over FTP");
    Latencies stores = new Latencies("upload over FTP");
    Latencies puts = new Latencies("upload over HTTP");
    Latencies pages = new Latencies("list over HTTP");
    until = System.nanoTime() + TIME.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> attacks =
          List.of(
              threads.submit(() -> hold(SILENT, this::neverSignIn)),
              threads.submit(() -> hold(SESSIONS, this::storeNothing)),
              threads.submit(this::storeSlowly),
              threads.submit(this::storeOneFileAgainAndAgain));
      int rounds = 0;
      do {
        String name = "f" + rounds++ % 50;
        workOverFtp(name, signIns, lists, stores);
        workOverHttp(name, puts, pages);
      } while (System.nanoTime() < until);
      for (Future<?> attack : attacks) {
        attack.get();
      }
    }

    System.out.println("exhaustion soak, heap: " + service.heapInUse());
    for (Latencies each : List.of(signIns, lists, stores, puts, pages)) {
      System.out.println("exhaustion soak, " + each);
      if (WHOLE) {
        assertThat(each.permille(990)).as(each.toString()).isLessThan(OTHERS_MAX);
      }
    }
    assertThat(service.said()).doesNotContain("OutOfMemoryError");
    assertThat(service.heapInUse()).isLessThan(HEAP_MAX);
    assertThat(chat.events(room)).hasSizeLessThanOrEqualTo((int) TIME.toMinutes() + 2);
    everythingIsFree();
  }

  private void workOverFtp(String name, Latencies signIns, Latencies lists, Latencies stores)
      throws Exception {
    try (RawFtp ftp = signIns.time(() -> RawFtp.signedIn(ada, service.ftpPort()))) {
      stores.time(() -> {
        store(ftp, "/home/" + name);
        return name;
      });
      assertThat(lists.time(() -> ftp.list("NLST /home"))).contains(name);
    }
  }

  private static void store(RawFtp ftp, String path) throws IOException {
    Socket connection = ftp.connectData();
    assertThat(ftp.say("STOR " + path)).startsWith("150");
    connection.getOutputStream().write("works".getBytes(UTF_8));
    connection.close();
    assertThat(ftp.reply()).startsWith("226");
  }

  private void workOverHttp(String name, Latencies puts, Latencies pages) throws Exception {
    String[] address = {"X-Forwarded-For", OTHERS};
    Answer stored = puts.time(() -> service.put(ada, MINE + name, "a note", address));
    assertThat(stored.status()).as(stored.text()).isBetween(200, 201);
    assertThat(pages.time(() -> service.get(ada, MINE, address)).status()).isEqualTo(200);
  }

  private interface Attempt {
    Closeable make(int number) throws IOException;
  }

  /// Holds so many at once of what the server lets it have, and takes a new one for the oldest.
  private Void hold(int count, Attempt attempt) throws IOException {
    List<Closeable> held = new ArrayList<>();
    try {
      for (int i = 0; System.nanoTime() < until; i++) {
        if (held.size() == count) {
          held.removeFirst().close();
        }
        try {
          held.add(attempt.make(i));
        } catch (IOException | AssertionError _) {
          // refused, as it should be past a share
        }
        LockSupport.parkNanos(BETWEEN_CONNECTIONS.toNanos());
      }
    } finally {
      for (Closeable each : held) {
        each.close();
      }
    }
    return null;
  }

  private Closeable neverSignIn(int number) throws IOException {
    RawFtp ftp = RawFtp.connect("127.0.0." + (2 + number % 4), service.ftpPort());
    ftp.send("USER".getBytes(US_ASCII));
    return ftp::close;
  }

  /// Opens a port, and on every other session an upload that sends nothing.
  private Closeable storeNothing(int number) throws IOException {
    RawFtp ftp = RawFtp.signedIn(mallory, "127.0.0.9", service.ftpPort());
    ftp.openPort();
    if (number % 2 == 0) {
      ftp.connectData();
      ftp.send(("STOR /home/nothing" + number + "\r\n").getBytes(US_ASCII));
    }
    return ftp::close;
  }

  /// Guests of one address send a byte a second on each place that they get.
  private Void storeSlowly() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      while (System.nanoTime() < until) {
        while (slow.size() < SLOW_UPLOADS) {
          slow.add(slowUpload(guests.get(slow.size() % guests.size())));
        }
        slow.removeIf(socket -> !sendByte(socket));
        LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    return null;
  }

  private Socket slowUpload(Person guest) throws IOException {
    Socket socket = new Socket("127.0.0.1", service.port());
    String head =
        "PUT %s%s HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: %s\r\n%sContent-Length: 1000000\r\n\r\n"
            .formatted(MINE, UUID.randomUUID(), HOSTILE, service.bearer(guest));
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }

  /// Whether the server still takes bytes.
  private static boolean sendByte(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      if (socket.getInputStream().available() == 0) {
        return true;
      }
      socket.close();
    } catch (IOException _) {
      // it was refused
    }
    return false;
  }

  private Void storeOneFileAgainAndAgain() throws Exception {
    Person guest = guests.getFirst();
    String path = "/api/files/rooms/" + room + "/again";
    int answered = 0;
    do {
      Answer answer = service.put(guest, path, "again " + answered, "X-Forwarded-For", HOSTILE);
      assertThat(answer.status()).as(answer.text()).isIn(200, 201, 429);
      answered++;
    } while (answered < PUTS_OF_ONE_FILE && System.nanoTime() < until);
    return null;
  }

  /// Those who attacked can have all of their shares again.
  private void everythingIsFree() throws Exception {
    await().atMost(Duration.ofMinutes(2)).until(() -> incoming() == 0);
    List<RawFtp> sessions = new ArrayList<>();
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> {
            sessions.add(RawFtp.signedIn(mallory, "127.0.0.9", service.ftpPort()));
            return sessions.size() == SESSIONS;
          });
      for (RawFtp ftp : sessions) {
        store(ftp, "/home/free");
      }
      assertThat(incoming()).isZero();
    } finally {
      for (RawFtp ftp : sessions) {
        ftp.close();
      }
    }
    List<Socket> uploads = new ArrayList<>();
    for (int i = 0; i < UPLOADS_OF_ONE_PERSON; i++) {
      uploads.add(slowUpload(guests.getFirst()));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> incoming() == UPLOADS_OF_ONE_PERSON);
    for (Socket socket : uploads) {
      socket.close();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> incoming() == 0);
  }

  private long incoming() throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("files/incoming"))) {
      return all.count();
    }
  }
}
