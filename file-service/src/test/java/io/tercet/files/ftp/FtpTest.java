package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The FTP server with real clients on real sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtpTest {
  private ChatStub chat;
  private RunningService service;
  private Path data;
  private Person ada;
  private FTPClient ftp;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    this.data = data;
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.ftp.login-failure-delay=1ms",
            "--tercet.files.upload.file-size-max=1MB");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @BeforeEach
  void signIn() throws Exception {
    ada = chat.person("ada-" + UUID.randomUUID().toString().substring(0, 8));
    chat.account(ada, "correct horse");
    ftp = prepared(new FTPClient());
    assertThat(ftp.login(ada.name(), "correct horse")).isTrue();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
    ftp.enterLocalPassiveMode();
  }

  @AfterEach
  void hangUp() throws IOException {
    ftp.disconnect();
  }

  private <T extends FTPClient> T prepared(T client) throws IOException {
    client.setControlEncoding("UTF-8");
    client.setDefaultTimeout(30_000);
    client.connect("127.0.0.1", port());
    return client;
  }

  private int port() {
    return service.bean(EmbeddedFtpServer.class).port();
  }

  private boolean store(String path, String text) throws IOException {
    return ftp.storeFile(path, new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private String retrieve(String path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ftp.retrieveFile(path, bytes)).as(ftp.getReplyString()).isTrue();
    return bytes.toString(UTF_8);
  }

  private String overHttp(String path) throws Exception {
    return service.get(ada, "/api/files/people/me/" + path).text();
  }

  @Test
  void stopsAndStartsAgain() throws Exception {
    EmbeddedFtpServer door = service.bean(EmbeddedFtpServer.class);

    door.stop();
    assertThat(door.isRunning()).isFalse();
    door.start();

    FTPClient later = prepared(new FTPClient());
    assertThat(later.login(ada.name(), "correct horse")).isTrue();
    later.disconnect();
  }

  @Test
  void refusesAWrongPasswordAndHangsUpAfterSome() throws Exception {
    FTPClient other = prepared(new FTPClient());

    assertThat(other.login(ada.name(), "wrong horse")).isFalse();
    assertThat(other.getReplyCode()).isEqualTo(530);
    other.login(ada.name(), "wrong horse");
    other.login(ada.name(), "wrong horse");
    await().atMost(Duration.ofSeconds(30)).until(() -> hungUp(other));
  }

  private static boolean hungUp(FTPClient client) {
    try {
      client.sendNoOp();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void showsOnesOwnFolderAndTheRooms() throws Exception {
    String room = "room-" + UUID.randomUUID();
    chat.room(room, ada);
    chat.room("not-" + room);

    assertThat(ftp.listNames("/")).containsExactlyInAnyOrder("home", "rooms");
    assertThat(ftp.listNames("/rooms")).containsExactly(room);
    assertThat(ftp.changeWorkingDirectory("/rooms/not-" + room)).isFalse();
    assertThat(store("/elsewhere.txt", "x")).isFalse();
    assertThat(store("/rooms/not-" + room + "/x", "x")).isFalse();
  }

  @Test
  void storesAndRetrievesTheSameFilesAsHttp() throws Exception {
    assertThat(ftp.changeWorkingDirectory("/home")).isTrue();
    assertThat(ftp.makeDirectory("资料")).isTrue();
    assertThat(store("资料/图 👋.txt", "hello")).isTrue();

    assertThat(retrieve("/home/资料/图 👋.txt")).isEqualTo("hello");
    assertThat(overHttp(RunningService.encoded("资料") + "/" + RunningService.encoded("图 👋.txt")))
        .isEqualTo("hello");
    FTPFile[] listed = ftp.listFiles("资料");
    assertThat(listed).hasSize(1);
    assertThat(listed[0].getName()).isEqualTo("图 👋.txt");
    assertThat(listed[0].getSize()).isEqualTo(5);
    assertThat(ftp.mlistDir("资料")).hasSize(1);
    assertThat(ftp.getSize("资料/图 👋.txt")).isEqualTo("5");
  }

  @Test
  void resumesADownload() throws Exception {
    store("/home/long", "abcdefghij");
    ftp.setRestartOffset(7);

    assertThat(retrieve("/home/long")).isEqualTo("hij");
  }

  @Test
  void resumesAnUploadAndAppends() throws Exception {
    store("/home/grow", "abc");
    ftp.setRestartOffset(2);
    assertThat(store("/home/grow", "XYZ")).isTrue();
    assertThat(overHttp("grow")).isEqualTo("abXYZ");

    ftp.appendFile("/home/grow", new ByteArrayInputStream("!".getBytes(UTF_8)));
    assertThat(overHttp("grow")).isEqualTo("abXYZ!");

    ftp.setRestartOffset(100);
    assertThat(store("/home/grow", "far")).isFalse();
    assertThat(ftp.getReplyCode()).isEqualTo(554);
    assertThat(overHttp("grow")).isEqualTo("abXYZ!");
  }

  @Test
  void renamesAndDeletes() throws Exception {
    store("/home/d/a", "a");
    store("/home/d/b", "b");

    assertThat(ftp.rename("/home/d/a", "/home/d/b")).isTrue();
    assertThat(overHttp("d/b")).isEqualTo("a");
    assertThat(ftp.removeDirectory("/home/d")).isFalse();
    assertThat(ftp.deleteFile("/home/d/b")).isTrue();
    assertThat(ftp.removeDirectory("/home/d")).isTrue();
    assertThat(ftp.deleteFile("/home/d/b")).isFalse();
    assertThat(ftp.removeDirectory("/home")).isFalse();
  }

  @Test
  void tellsTheRoomOfAFile() throws Exception {
    String name = "told-" + UUID.randomUUID();
    UUID room = chat.room(name, ada);

    assertThat(store("/rooms/" + name + "/plan.txt", "hello")).isTrue();

    await().atMost(Duration.ofSeconds(30)).until(() -> chat.events(room).size() == 1);
    assertThat(chat.events(room).getFirst().personId()).isEqualTo(ada.personId());
    assertThat(chat.events(room).getFirst().file().get("path").asString()).isEqualTo("plan.txt");
  }

  @Test
  void keepsTheOldFileWhenTheLineBreaks() throws Exception {
    store("/home/good", "good");
    Socket[] lines = beginUpload("/home/good");

    lines[1].setSoLinger(true, 0); // a reset, as from a crashed machine
    lines[1].close();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(reply(lines[0])).startsWith("426"));
    assertThat(overHttp("good")).isEqualTo("good");
    lines[0].close();
  }

  @Test
  void showsNothingOfAnUploadWhoseClientIsKilled() throws Exception {
    Socket[] lines = beginUpload("/home/never");

    lines[0].close(); // as the kernel does for a killed process: all its sockets, in order
    lines[1].close();

    await().atMost(Duration.ofSeconds(30)).until(() -> service.filesUnder("incoming") == 0);
    assertThat(ftp.listNames("/home")).doesNotContain("never");
  }

  /// Signs in by hand, and sends the first bytes of a file.
  private Socket[] beginUpload(String path) throws IOException {
    Socket control = new Socket("127.0.0.1", port());
    control.setSoTimeout(30_000);
    reply(control);
    say(control, "USER " + ada.name());
    assertThat(say(control, "PASS correct horse")).startsWith("230");
    say(control, "TYPE I");
    String passive = say(control, "EPSV");
    int dataPort = Integer.parseInt(passive.replaceAll("(?s).*\\|\\|\\|(\\d+)\\|.*", "$1"));
    Socket bytes = new Socket();
    bytes.connect(new InetSocketAddress("127.0.0.1", dataPort), 30_000);
    assertThat(say(control, "STOR " + path)).startsWith("150");
    bytes.getOutputStream().write(new byte[1000]);
    bytes.getOutputStream().flush();
    await().atMost(Duration.ofSeconds(30)).until(() -> service.filesUnder("incoming") == 1);
    return new Socket[] {control, bytes};
  }

  private static String say(Socket control, String line) throws IOException {
    control.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return reply(control);
  }

  private static String reply(Socket control) throws IOException {
    byte[] buffer = new byte[4096];
    int n = control.getInputStream().read(buffer);
    return n < 0 ? "" : new String(Arrays.copyOf(buffer, n), UTF_8);
  }

  @Test
  void refusesWhatItDoesNotOffer() throws Exception {
    assertThat(ftp.sendCommand("PORT", "127,0,0,1,10,10")).isEqualTo(502);
    assertThat(ftp.sendCommand("SITE", "WHO")).isEqualTo(502);
    assertThat(ftp.sendCommand("MODE", "Z")).isEqualTo(504);
    assertThat(ftp.sendCommand("STOR", "/home/no-data-connection")).isEqualTo(503);
    assertThat(ftp.sendCommand("NONSENSE")).isEqualTo(502);
  }

  @Test
  void refusesAFileThatIsTooLargeAndNamesThatAreNone() throws Exception {
    assertThat(store("/home/large", "x".repeat(1024 * 1024 + 1))).isFalse();
    assertThat(ftp.getReplyCode()).isEqualTo(552);
    assertThat(store("/home/" + "n".repeat(300), "x")).isFalse();
    assertThat(ftp.listNames("/home")).isEmpty();
    assertThat(service.filesUnder("incoming")).isZero();
  }

  @Test
  void offersExplicitTls() throws Exception {
    FTPSClient secure = new FTPSClient("TLS", false);
    secure.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
    prepared(secure);

    assertThat(secure.login(ada.name(), "correct horse")).isTrue();
    secure.execPBSZ(0);
    secure.execPROT("P");
    secure.enterLocalPassiveMode();
    secure.setFileType(FTP.BINARY_FILE_TYPE);
    assertThat(secure.storeFile("/home/secret", new ByteArrayInputStream("tls".getBytes(UTF_8))))
        .isTrue();
    assertThat(overHttp("secret")).isEqualTo("tls");
    secure.disconnect();
  }

  @Test
  void keepsItsPrivateKeyToItself() throws Exception {
    Path key = data.resolve("files/ftp-tls.p12");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }
}
