package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Space;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What hostile clients of FTP may cost: little memory, and nobody's access. `make soak` takes
/// `SOAK_MINUTES` for it, the tests some seconds.
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 1, unit = TimeUnit.DAYS) // SOAK_MINUTES bounds it
class FtpSoakTest {
  private static final int ITEMS = 100_000;
  private static final int LISTS = 10;

  /// Ten pages of a thousand items, their buffers, and what else runs.
  private static final long HEAP_BYTES_MAX = 40L << 20;

  private ChatStub chat;
  private RunningService service;
  private Person ada;
  private Person mallory;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.ftp.passive-ports=" + ports(),
            "--tercet.files.ftp.connections.sign-in-max=2s",
            "--tercet.files.ftp.transfers.idle-max=2s",
            "--tercet.files.ftp.transfers.connect-max=2s");
    ada = person("ada");
    mallory = person("mallory");
  }

  private Person person(String name) {
    Person person = chat.person(name);
    chat.account(person, RawFtp.PASSWORD);
    return person;
  }

  /// Ten ports, as many as there are by default.
  static String ports() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        sockets.add(new ServerSocket(0));
      }
      return String.join(",", sockets.stream().map(it -> "" + it.getLocalPort()).toList());
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  private int port() {
    return service.bean(EmbeddedFtpServer.class).port();
  }

  @Test
  void tenListsOfALargeFolderAtOnceHoldAPageEach() throws Exception {
    try (RawFtp ftp = RawFtp.signedIn(ada, port())) {
      ftp.say("MKD /home/big");
    }
    fillBig();
    long before = heapBytes();
    List<RawFtp> clients = new ArrayList<>();
    try {
      for (int i = 0; i < LISTS; i++) {
        RawFtp client = RawFtp.signedIn(ada, port());
        clients.add(client);
        Socket data = client.connectData();
        assertThat(client.say("LIST /home/big")).startsWith("150");
        assertThat(data.getInputStream().read()).isEqualTo('d'); // it has begun, and now it waits
      }
      long after = heapBytes();
      System.out.printf("FTP soak: %d lists, heap %d to %d bytes%n", LISTS, before, after);
      assertThat(after).isLessThan(before + HEAP_BYTES_MAX);
    } finally {
      for (RawFtp client : clients) {
        client.close();
      }
    }
  }

  private void fillBig() {
    String insert =
        """
        insert into node (id, space, parent, name, kind, version, modified_at)
        with recursive n (i) as (select 1 union all select i + 1 from n where i < :count)
        select lower(hex(randomblob(4))) || '-0000-4000-8000-' || lower(hex(randomblob(6))),
          p.space, p.id, printf('a name that is as long as names usually are %06d', i), 0, 1, 0
        from n join node p on p.space = :space and p.parent = '' and p.name = 'big'
        """;
    service
        .bean(Catalog.class)
        .write(tree ->
            tree.jdbc()
                .sql(insert)
                .param("count", ITEMS)
                .param("space", new Space.Home(ada.personId()).key())
                .update());
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void hostileClientsKeepNobodyOut() throws Exception {
    long until = System.nanoTime() + time().toNanos();
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    List<RawFtp> hostile = new ArrayList<>();
    int rounds = 0;
    try {
      do {
        attack(hostile, random);
        assertThat(works()).isTrue();
        rounds++;
        while (hostile.size() > 300) {
          hostile.removeFirst().close();
        }
      } while (System.nanoTime() < until);
    } finally {
      for (RawFtp client : hostile) {
        client.close();
      }
    }
    System.out.printf("FTP soak: %d rounds in %s%n", rounds, time());
    await().atMost(Duration.ofMinutes(1)).until(() -> service.filesUnder("incoming") == 0);
  }

  private static Duration time() {
    String minutes = System.getenv("SOAK_MINUTES");
    return minutes == null
        ? Duration.ofSeconds(5)
        : Duration.ofSeconds(Math.max(1, (long) (Double.parseDouble(minutes) * 60)));
  }

  /// Somebody else, from the same address, stores a file and lists a folder.
  private boolean works() throws IOException {
    try (RawFtp ftp = RawFtp.signedIn(ada, port())) {
      Socket data = ftp.connectData();
      assertThat(ftp.say("STOR /home/works")).startsWith("150");
      data.getOutputStream().write("works".getBytes(UTF_8));
      data.close();
      assertThat(ftp.reply()).startsWith("226");
      return ftp.list("NLST /home").contains("works");
    }
  }

  private void attack(List<RawFtp> hostile, RandomGenerator random) throws IOException {
    try {
      switch (random.nextInt(5)) {
        case 0 -> hostile.add(silent(random));
        case 1 -> hostile.add(upload("/home/never"));
        case 2 -> hostile.add(waitingPort());
        case 3 -> upload("/home/cut").close();
        default -> hostile.add(halfALine());
      }
    } catch (IOException | AssertionError _) {
      // the server refused it, as it should past a share
    }
  }

  private RawFtp silent(RandomGenerator random) throws IOException {
    return RawFtp.connect("127.0.0." + random.nextInt(1, 255), port());
  }

  private RawFtp upload(String path) throws IOException {
    RawFtp ftp = RawFtp.signedIn(mallory, port());
    ftp.connectData().getOutputStream().write(1);
    ftp.say("STOR " + path);
    return ftp;
  }

  private RawFtp waitingPort() throws IOException {
    RawFtp ftp = RawFtp.signedIn(mallory, port());
    ftp.openPort();
    return ftp;
  }

  private RawFtp halfALine() throws IOException {
    RawFtp ftp = RawFtp.signedIn(mallory, port());
    ftp.send("STOR /home/hal".getBytes(UTF_8));
    return ftp;
  }
}
