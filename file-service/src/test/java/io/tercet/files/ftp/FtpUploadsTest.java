package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An upload that was given up never replaces a good file, in whatever way it was given up.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtpUploadsTest {
  private ChatStub chat;
  private RunningService service;
  private Person ada;
  private RawFtp ftp;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    // Longer than any test: only a sign from the client ends the wait.
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.upload.concurrent-max=2",
            "--tercet.files.ftp.transfers.replace-wait=10m");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @BeforeEach
  void storeSomethingGood() throws Exception {
    ada = chat.person("ada-" + UUID.randomUUID().toString().substring(0, 8));
    chat.account(ada, RawFtp.PASSWORD);
    ftp = signedIn();
    service.put(ada, "/api/files/people/me/good", "good");
  }

  @AfterEach
  void goodIsStillThere() throws Exception {
    ftp.close();
    await().atMost(Duration.ofSeconds(30)).until(() -> service.filesUnder("incoming") == 0);
    assertThat(good()).isEqualTo("good");
  }

  private RawFtp signedIn() throws IOException {
    return RawFtp.signedIn(ada, service.bean(EmbeddedFtpServer.class).port());
  }

  private String good() throws Exception {
    return service.get(ada, "/api/files/people/me/good").text();
  }

  private Socket beginUpload() throws IOException {
    Socket data = ftp.connectData();
    assertThat(ftp.say("STOR /home/good")).startsWith("150");
    byte[] bytes = new byte[1000]; // unlike others, so that they are moved when they are whole
    ThreadLocalRandom.current().nextBytes(bytes);
    data.getOutputStream().write(bytes);
    await().atMost(Duration.ofSeconds(30)).until(() -> service.filesUnder("incoming") == 1);
    return data;
  }

  @Test
  void isNotStoredIfItsConnectionIsReset() throws Exception {
    Socket data = beginUpload();
    data.setSoLinger(true, 0); // as from a crashed machine
    data.close();

    assertThat(ftp.reply()).startsWith("426");
  }

  @Test
  void isNotStoredIfTheClientIsKilled() throws Exception {
    Socket data = beginUpload();
    ftp.hangUp(); // as the kernel does for a killed process: all its sockets, in order
    data.close();
  }

  @Test
  void isNotStoredIfTheClientIsKilledAndItsDataConnectionEndsFirst() throws Exception {
    Socket data = beginUpload();
    data.close();
    // The service has all bytes and waits for signs of the opposite.
    await().atMost(Duration.ofSeconds(30)).until(() -> service.filesUnder("incoming") == 0);
    try (RawFtp other = signedIn()) {
      other.connectData();
      assertThat(other.say("STOR /home/takes-the-other-place")).startsWith("150");
      assertThat(put("other").problem()).isEqualTo("503 service-unavailable");

      ftp.hangUp();
      await().atMost(Duration.ofSeconds(30)).until(() -> put("other").status() == 201);
    }
  }

  private RunningService.Answer put(String name) throws Exception {
    return service.put(ada, "/api/files/people/me/" + name, "x");
  }

  @Test
  void isNotStoredIfTheClientSendsAbortAndClosesTheDataConnection() throws Exception {
    Socket data = beginUpload();
    ftp.send("ABOR\r\n".getBytes(UTF_8));
    data.close();

    assertThat(ftp.reply()).startsWith("426");
    assertThat(ftp.reply()).startsWith("226");
    assertThat(ftp.say("NOOP")).startsWith("200");
  }

  @Test
  void isNotStoredIfAbortComesAfterTheEndOfTheDataConnection() throws Exception {
    Socket data = beginUpload();
    data.close();
    ftp.send("ABOR\r\n".getBytes(UTF_8));

    assertThat(ftp.reply()).startsWith("426");
    assertThat(ftp.reply()).startsWith("226");
  }

  @Test
  void isEndedByAbortAlone() throws Exception {
    beginUpload();
    ftp.send("ABOR\r\n".getBytes(UTF_8)); // the client would go on sending

    assertThat(ftp.reply()).startsWith("426");
    assertThat(ftp.reply()).startsWith("226");
  }

  @Test
  void isEndedByAbortWithTheSignalsOfTelnet() throws Exception {
    beginUpload();
    ftp.send("\u00ff\u00f4\u00ff\u00f2ABOR\r\n".getBytes(ISO_8859_1));

    assertThat(ftp.reply()).startsWith("426");
    assertThat(ftp.reply()).startsWith("226");
  }

  @Test
  void isStoredIfAnotherCommandFollowsIt() throws Exception {
    Socket data = ftp.connectData();
    ftp.say("STOR /home/other");
    ftp.send("ABORT\r\nXABOR\r\nNOOP\r\n".getBytes(UTF_8));
    data.getOutputStream().write("whole".getBytes(UTF_8));
    data.close();

    assertThat(ftp.reply()).startsWith("226");
    assertThat(ftp.reply()).startsWith("502");
    assertThat(ftp.reply()).startsWith("226");
    assertThat(ftp.reply()).startsWith("200");
    assertThat(service.get(ada, "/api/files/people/me/other").text()).isEqualTo("whole");
  }

  @Test
  void isNotStoredIfAbortCameBeforeItBegan() throws Exception {
    Socket data = ftp.connectData();
    ftp.send("STOR /home/good\r\nABOR\r\n".getBytes(UTF_8));
    data.close();

    assertThat(ftp.reply()).startsWith("150");
    assertThat(ftp.reply()).startsWith("426");
    assertThat(ftp.reply()).startsWith("226");
  }

  @Test
  void isNotStoredIfTlsEndsWithoutCloseNotify() throws Exception {
    ftp.say("PROT P");
    Socket data = ftp.connectData();
    ftp.send("STOR /home/good\r\n".getBytes(UTF_8));
    assertThat(ftp.reply()).startsWith("150");
    SSLSocket tls = RawFtp.tls(data);
    tls.getOutputStream().write(new byte[1000]);
    data.close(); // TCP ends, and TLS said nothing

    assertThat(ftp.reply()).startsWith("426").contains("close_notify");
  }

  @Test
  void isStoredIfTlsEndsWithCloseNotify() throws Exception {
    ftp.say("PROT P");
    Socket data = ftp.connectData();
    ftp.send("STOR /home/other\r\n".getBytes(UTF_8));
    assertThat(ftp.reply()).startsWith("150");
    SSLSocket tls = RawFtp.tls(data);
    tls.getOutputStream().write("over TLS".getBytes(UTF_8));
    tls.close();

    assertThat(ftp.reply()).startsWith("226");
    assertThat(service.get(ada, "/api/files/people/me/other").text()).isEqualTo("over TLS");
  }

  @Test
  void isNotStoredIfItIsShorterThanAnnounced() throws Exception {
    assertThat(ftp.say("ALLO 1001")).startsWith("200");
    Socket data = beginUpload();
    data.close();

    assertThat(ftp.reply()).startsWith("426").contains("1001");
  }

  @Test
  void waitsForNothingIfItIsAsLongAsAnnounced() throws Exception {
    service.put(ada, "/api/files/people/me/other", "old");
    ftp.say("ALLO 3");
    Socket data = ftp.connectData();
    ftp.say("STOR /home/other");
    data.getOutputStream().write("new".getBytes(UTF_8));
    data.close();

    assertThat(ftp.reply()).startsWith("226");
    assertThat(service.get(ada, "/api/files/people/me/other").text()).isEqualTo("new");
  }

  @Test
  void isNotStoredIfTheFileItContinuesWasReplacedMeanwhile() throws Exception {
    service.put(ada, "/api/files/people/me/log", "one ");
    try (RawFtp other = signedIn()) {
      ftp.say("ALLO 5");
      other.say("ALLO 3");
      Socket mine = ftp.connectData();
      assertThat(ftp.say("APPE /home/log")).startsWith("150");
      Socket theirs = other.connectData();
      assertThat(other.say("APPE /home/log")).startsWith("150");
      theirs.getOutputStream().write("two".getBytes(UTF_8));
      theirs.close();
      assertThat(other.reply()).startsWith("226");

      mine.getOutputStream().write("three".getBytes(UTF_8));
      mine.close();
      assertThat(ftp.reply()).startsWith("550 It has changed since");
    }
    assertThat(service.get(ada, "/api/files/people/me/log").text()).isEqualTo("one two");
  }
}
