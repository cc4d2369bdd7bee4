package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whatever one client holds or sends, others can use FTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtpExhaustionTest {
  private static final int PER_PERSON = 8;

  private final List<RawFtp> open = new ArrayList<>();
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
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
            "--tercet.files.ftp.connections.max=40",
            "--tercet.files.ftp.connections.per-address-max=20",
            "--tercet.files.ftp.connections.per-person-max=" + PER_PERSON,
            "--tercet.files.ftp.connections.unsigned-per-address-max=5",
            "--tercet.files.ftp.connections.sign-in-max=5s",
            "--tercet.files.ftp.connections.waiting-max=32KB",
            "--tercet.files.ftp.transfers.waiting-per-person-max=2",
            "--tercet.files.ftp.transfers.connect-max=1s",
            "--tercet.files.ftp.transfers.idle-max=2s");
  }

  @AfterAll
  void stop() {
    pace.shutdownNow();
    service.close();
    chat.close();
  }

  @BeforeEach
  void people() {
    ada = person("ada");
    mallory = person("mallory");
  }

  private Person person(String name) {
    Person person = chat.person(name + "-" + UUID.randomUUID().toString().substring(0, 8));
    chat.account(person, RawFtp.PASSWORD);
    return person;
  }

  @AfterEach
  void hangUp() throws IOException {
    for (RawFtp ftp : open) {
      ftp.close();
    }
    open.clear();
  }

  private int port() {
    return service.bean(EmbeddedFtpServer.class).port();
  }

  private RawFtp connect(String from) throws IOException {
    RawFtp ftp = RawFtp.connect(from, port());
    open.add(ftp);
    return ftp;
  }

  private RawFtp signedIn(Person person) throws IOException {
    RawFtp ftp = RawFtp.signedIn(person, port());
    open.add(ftp);
    return ftp;
  }

  private void works(RawFtp ftp) throws IOException {
    assertThat(ftp.list("NLST /")).containsExactly("home", "rooms");
  }

  @Test
  void letsPeopleInPastConnectionsThatNeverSignIn() throws Exception {
    RawFtp before = signedIn(ada);
    for (int address = 1; address <= 10; address++) {
      for (int i = 0; i < 10; i++) {
        connect("127.0.0." + address);
      }
    }

    works(before);
    works(signedIn(ada));
  }

  @Test
  void hangsUpOnWhoeverDoesNotSignInInTime() throws Exception {
    RawFtp slow = connect("127.0.0.1");
    assertThat(slow.reply()).startsWith("220");
    slow.send("USER slow".getBytes(UTF_8)); // and never the end of the line

    assertThat(slow.reply()).startsWith("421 Sign in within 5 s");
    assertThat(slow.isHungUp()).isTrue();
  }

  @Test
  void letsOnePersonHaveSoManySessions() throws Exception {
    for (int i = 0; i < PER_PERSON; i++) {
      signedIn(mallory);
    }
    RawFtp oneTooMany = connect("127.0.0.1");
    oneTooMany.reply();

    assertThat(oneTooMany.signIn(mallory)).startsWith("421 You have too many connections");
    assertThat(oneTooMany.isHungUp()).isTrue();
    works(signedIn(ada));
    open.getFirst().close();
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> works(signedIn(mallory)));
  }

  @Test
  void endsAnUploadThatSendsNothingAndOneThatSendsAByteNowAndThen() throws Exception {
    RawFtp silent = signedIn(mallory);
    silent.connectData();
    assertThat(silent.say("STOR /home/silent")).startsWith("150");
    RawFtp slow = signedIn(mallory);
    Socket data = slow.connectData();
    assertThat(slow.say("STOR /home/slow")).startsWith("150");
    Future<?> drip = drip(data);

    assertThat(silent.reply()).startsWith("426");
    assertThat(slow.reply()).startsWith("426 It moved fewer than 2048 bytes in 2 s");
    assertThat(drip).failsWithin(Duration.ofSeconds(30));
    assertThat(silent.list("NLST /home")).isEmpty();
  }

  /// Sends a byte ten times a second; fails when the server has ended the connection.
  private Future<?> drip(Socket data) {
    return pace.scheduleAtFixedRate(
        () -> {
          try {
            data.getOutputStream().write(1);
          } catch (IOException ended) {
            throw new UncheckedIOException(ended);
          }
        },
        0,
        100,
        TimeUnit.MILLISECONDS);
  }

  @Test
  void endsAHandshakeThatIsDrawnOut() throws Exception {
    RawFtp slow = signedIn(mallory);
    slow.say("PROT P");
    Socket data = slow.connectData();
    assertThat(slow.say("STOR /home/slow")).startsWith("150");
    data.getOutputStream().write(new byte[] {22, 3, 3, 64, 0}); // the record is to have 16 KB
    Future<?> drip = drip(data);

    assertThat(slow.reply()).startsWith("425");
    assertThat(drip).failsWithin(Duration.ofSeconds(30));
  }

  @Test
  void endsADownloadThatIsNotRead() throws Exception {
    service.put(mallory, "/api/files/people/me/large", "x".repeat(20_000_000));
    RawFtp ftp = signedIn(mallory);
    ftp.connectData();
    assertThat(ftp.say("RETR /home/large")).startsWith("150");

    assertThat(ftp.reply()).startsWith("426 It moved fewer");
  }

  @Test
  void keepsNoPortForWhoeverDoesNotConnect() throws Exception {
    RawFtp ftp = signedIn(mallory);
    int waiting = ftp.openPort();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(isFree(waiting)).isTrue());
    assertThat(ftp.say("NLST /")).startsWith("150");
    assertThat(ftp.reply()).startsWith("425");
    works(ftp);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void standsAStormOfPassiveCommands() throws Exception {
    RawFtp ftp = signedIn(mallory);
    for (int i = 0; i < 300; i++) {
      ftp.openPort();
    }

    works(ftp);
    works(signedIn(ada));
  }

  @Test
  void closesAConnectionThatSendsCommandsWithoutEndDuringATransfer() throws Exception {
    RawFtp ftp = signedIn(mallory);
    ftp.connectData();
    assertThat(ftp.say("STOR /home/waits")).startsWith("150");
    try {
      for (int i = 0; i < 100; i++) {
        ftp.send("NOOP\r\n".repeat(100).getBytes(UTF_8));
      }
    } catch (IOException _) {
      // it is closed already
    }

    assertThat(ftp.isHungUp()).isTrue();
    assertThat(signedIn(mallory).list("NLST /home")).isEmpty();
  }

  @Test
  void closesAConnectionThatAsksWithoutEndAndNeverReads() throws Exception {
    RawFtp ftp = connect("127.0.0.1"); // it needs no sign-in for that
    byte[] commands = "x\r\n".repeat(1000).getBytes(UTF_8);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                ftp.send(commands);
              }
            })
        .isInstanceOf(IOException.class);
    works(signedIn(ada));
  }

  @Test
  void answersPipelinedCommandsInOrder() throws Exception {
    RawFtp ftp = signedIn(ada);
    ftp.send("NOOP\r\nPWD\r\nSYST\r\nFEAT\r\nPWD\r\n".getBytes(UTF_8));

    assertThat(List.of(ftp.reply(), ftp.reply(), ftp.reply(), ftp.reply(), ftp.reply()))
        .extracting(reply -> reply.substring(0, 3))
        .containsExactly("200", "257", "215", "211", "257");
  }

  @Test
  void refusesLinesThatAreTooLongAndGoesOn() throws Exception {
    RawFtp ftp = signedIn(ada);

    assertThat(ftp.say("CWD " + "n".repeat(20_000))).startsWith("500 This line is too long");
    assertThat(ftp.say("CWD " + "../".repeat(3000))).startsWith("250");
    assertThat(ftp.say("CWD /home" + "/d".repeat(4500))).startsWith("55");
    assertThat(ftp.say("MKD /home" + "/d".repeat(33))).startsWith("553");
    works(ftp);
  }

  @Test
  void reachesTheLongestPathsThatThereAre() throws Exception {
    String path = "/home" + ("/" + "n".repeat(255)).repeat(31);
    RawFtp ftp = signedIn(ada);

    assertThat(ftp.say("MKD " + path)).startsWith("257");
    assertThat(ftp.say("CWD " + path)).startsWith("250");
    assertThat(ftp.list("NLST")).isEmpty();
  }

  @Test
  void closesAConnectionThatSaysMoreBetweenAuthAndTls() throws Exception {
    RawFtp ftp = connect("127.0.0.1");
    ftp.reply();
    ftp.send("AUTH TLS\r\nUSER mallory\r\n".getBytes(UTF_8));

    assertThat(ftp.isHungUp()).isTrue();
  }

  @Test
  void survivesThousandsOfConnectionsThatComeAndGo() throws Exception {
    for (int i = 0; i < 3000; i++) {
      RawFtp.connect("127.0.0." + (1 + i % 50), port()).close();
    }

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> works(signedIn(ada)));
  }

  @Test
  void renamesAFileToItsOwnNameAndReadsNothingBehindItsEnd() throws Exception {
    service.put(ada, "/api/files/people/me/same", "same");
    RawFtp ftp = signedIn(ada);
    assertThat(ftp.say("RNFR /home/same")).startsWith("350");
    assertThat(ftp.say("RNTO /home/same")).startsWith("250");
    ftp.connectData();
    ftp.say("REST 5");
    assertThat(ftp.say("RETR /home/same")).startsWith("554");

    assertThat(ftp.list("RETR /home/same")).containsExactly("same");
  }
}
