package io.tercet.files.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Space;
import io.tercet.files.ftp.view.CatalogFileSystemView;
import io.tercet.files.ftp.view.FileOperations;
import io.tercet.files.identity.Person;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            "--tercet.files.ftp.connections.login-failure-delay=1ms",
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
  void showsEachRoomOfAPersonInMoreThanOnePage() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      names.add("room-" + UUID.randomUUID());
      chat.room(names.getLast(), ada);
    }

    assertThat(ftp.listNames("/rooms")).containsExactlyInAnyOrderElementsOf(names);
    for (String name : names) {
      assertThat(ftp.changeWorkingDirectory("/rooms/" + name)).as(name).isTrue();
    }
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
  void refusesWhatItDoesNotOffer() throws Exception {
    assertThat(ftp.sendCommand("PORT", "127,0,0,1,10,10")).isEqualTo(502);
    assertThat(ftp.sendCommand("SITE", "WHO")).isEqualTo(502);
    assertThat(ftp.sendCommand("MODE", "Z")).isEqualTo(504);
    assertThat(ftp.sendCommand("STOR", "/home/no-data-connection")).isEqualTo(503);
    assertThat(ftp.sendCommand("MD5", "/home/x")).isEqualTo(502);
    assertThat(ftp.sendCommand("LANG", "en")).isEqualTo(502);
    assertThat(ftp.sendCommand("EPSV", "2")).isEqualTo(522);
    assertThat(ftp.sendCommand("EPSV", "ALL")).isEqualTo(522);
    assertThat(ftp.sendCommand("STAT", "/home")).isEqualTo(504);
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

  @Test
  void namesOnlyWhatWorksInFeat() throws Exception {
    store("/home/f", "hello");
    assertThat(ftp.sendCommand("FEAT")).isEqualTo(211);
    List<String> features =
        Stream.of(ftp.getReplyStrings())
            .filter(line -> line.startsWith(" "))
            .map(String::strip)
            .toList();

    assertThat(features)
        .containsExactlyInAnyOrder(
            "AUTH TLS",
            "EPSV",
            "HASH SHA-256*",
            "MDTM",
            "MFMT",
            "MLST Type*;Size*;Modify*;Perm*;Unique*;",
            "PBSZ",
            "PROT",
            "REST STREAM",
            "SIZE",
            "TVFS",
            "UTF8");
    assertThat(ftp.sendCommand("EPSV")).isEqualTo(229);
    assertThat(ftp.sendCommand("HASH", "/home/f")).isEqualTo(213);
    assertThat(ftp.sendCommand("MDTM", "/home/f")).isEqualTo(213);
    assertThat(ftp.sendCommand("MFMT", "20020717210715 /home/f")).isEqualTo(213);
    assertThat(ftp.sendCommand("MLST", "/home/f")).isEqualTo(250);
    assertThat(ftp.sendCommand("PBSZ", "0")).isEqualTo(200);
    assertThat(ftp.sendCommand("PROT", "C")).isEqualTo(200);
    assertThat(ftp.sendCommand("REST", "0")).isEqualTo(350);
    assertThat(ftp.sendCommand("SIZE", "/home/f")).isEqualTo(213);
    assertThat(ftp.sendCommand("OPTS", "UTF8 ON")).isEqualTo(200);
  }

  @Test
  void answersEachCommandThatHelpNames() throws Exception {
    ftp.sendCommand("HELP");
    List<String> commands = List.of(ftp.getReplyStrings()[1].strip().split(" "));

    assertThat(commands).hasSizeGreaterThan(30).doesNotContain("PORT", "STOU", "SITE");
    for (String command : commands) {
      if (!command.equals("QUIT")) {
        assertThat(ftp.sendCommand(command)).as(command).isNotEqualTo(502);
      }
    }
  }

  @Test
  void setsTheTimeOfAFile() throws Exception {
    store("/home/old", "x");

    assertThat(ftp.setModificationTime("/home/old", "19991231235959")).isTrue();
    assertThat(ftp.getModificationTime("/home/old")).isEqualTo("19991231235959");
    assertThat(ftp.mlistFile("/home/old").getTimestampInstant())
        .isEqualTo(Instant.parse("1999-12-31T23:59:59Z"));
    assertThat(
            service.get(ada, "/api/files/people/me/").json().at("/items/0/modifiedAt").asString())
        .isEqualTo("1999-12-31T23:59:59Z");
    assertThat(ftp.sendCommand("MFMT", "19010101000000 /home/old")).isEqualTo(213);
    assertThat(ftp.listFiles("/home")).hasSize(1).allMatch(FTPFile::isFile);
    assertThat(ftp.sendCommand("MFMT", "19991331000000 /home/old")).isEqualTo(501);
    assertThat(ftp.sendCommand("MFMT", "19991231235959 /home/none")).isEqualTo(550);
    assertThat(ftp.sendCommand("MFMT", "19991231235959 /home")).isEqualTo(553);
  }

  @Test
  void tellsTheSha256OfAFileWithoutReadingIt() throws Exception {
    store("/home/with blank", "hello");

    assertThat(ftp.sendCommand("HASH", "/home/with blank")).isEqualTo(213);
    assertThat(ftp.getReplyStrings())
        .containsExactly(
            "213 SHA-256 0-4 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
                + " /home/with blank");
    assertThat(ftp.sendCommand("HASH", "/home")).isEqualTo(550);
    assertThat(ftp.sendCommand("OPTS", "HASH SHA-256")).isEqualTo(200);
    assertThat(ftp.sendCommand("OPTS", "HASH SHA-512")).isEqualTo(504);
  }

  @Test
  void tellsTheFactsThatAreWanted() throws Exception {
    store("/home/f", "hello");

    FTPFile file = ftp.mlistFile("/home/f");
    assertThat(file.isFile()).isTrue();
    assertThat(file.getSize()).isEqualTo(5);
    assertThat(ftp.mlistFile("/home").isDirectory()).isTrue();
    assertThat(ftp.sendCommand("OPTS", "MLST Size;Nonsense;Type;")).isEqualTo(200);
    assertThat(ftp.getReplyStrings()).containsExactly("200 MLST OPTS Type;Size;");
    ftp.sendCommand("MLST", "/home/f");
    assertThat(ftp.getReplyStrings()[1]).isEqualTo(" Type=file;Size=5; /home/f");
    ftp.sendCommand("FEAT");
    assertThat(ftp.getReplyString()).contains(" MLST Type*;Size*;Modify;Perm;Unique;");
    assertThat(ftp.sendCommand("MLST", "/home/none")).isEqualTo(550);
  }

  @Test
  void doublesQuotesInPaths() throws Exception {
    assertThat(ftp.sendCommand("MKD", "/home/say \"hi\"")).isEqualTo(257);
    assertThat(ftp.getReplyString()).startsWith("257 \"/home/say \"\"hi\"\"\" ");
    ftp.changeWorkingDirectory("/home/say \"hi\"");

    ftp.sendCommand("PWD");
    assertThat(ftp.getReplyString()).startsWith("257 \"/home/say \"\"hi\"\"\" ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "NLST", "MLSD"})
  void refusesAListOfWhatIsNotThereBeforeTheDataConnection(String command) throws Exception {
    try (RawFtp raw = RawFtp.signedIn(ada, port())) {
      raw.connectData();
      assertThat(raw.say(command + " /home/gone")).startsWith("550");
      raw.say("MKD /home/soon-gone");
      raw.say("CWD /home/soon-gone");
      raw.say("RMD /home/soon-gone");
      raw.connectData();
      assertThat(raw.say(command)).startsWith("550");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-R",
        "--",
        "-x y",
        "*",
        "[ab].txt",
        "a?c",
        "{x,y}",
        " leading",
        "trailing ",
        "a\\b"
      })
  void takesNamesAsTheyAre(String name) throws Exception {
    store("/home/a.txt", "x");
    try (RawFtp raw = RawFtp.signedIn(ada, port())) {
      assertThat(raw.say("MKD /home/" + name)).startsWith("257");
      assertThat(raw.say("MKD /home/" + name + "/inside")).startsWith("257");
      raw.say("CWD /home");

      assertThat(raw.list("NLST " + name)).containsExactly("inside");
      assertThat(raw.list("LIST " + name)).hasSize(1).allMatch(line -> line.endsWith(" inside"));
      assertThat(raw.list("MLSD " + name)).hasSize(1).allMatch(line -> line.endsWith("; inside"));
      assertThat(raw.list("NLST")).containsExactlyInAnyOrder("a.txt", name);
      assertThat(raw.say("RMD " + name + "/inside")).startsWith("250");
      assertThat(raw.say("RMD " + name)).startsWith("250");
    }
  }

  @Test
  void answersBeforeSignInWhatClientsAskFirst() throws Exception {
    try (RawFtp raw = RawFtp.connect("127.0.0.1", port())) {
      assertThat(raw.reply()).startsWith("220");
      assertThat(raw.say("FEAT")).startsWith("211").contains(" AUTH TLS\n", " UTF8\n");
      assertThat(raw.say("SYST")).startsWith("215");
      assertThat(raw.say("HELP")).startsWith("214").contains("FEAT");
      assertThat(raw.say("NOOP")).startsWith("200");
      assertThat(raw.say("PWD")).startsWith("530");
      assertThat(raw.say("NLST")).startsWith("530");
      assertThat(raw.say("USER " + ada.name())).startsWith("331");
      assertThat(raw.say("OPTS UTF8 ON")).startsWith("200");
      assertThat(raw.say("FEAT")).startsWith("211");
      assertThat(raw.say("PASS " + RawFtp.PASSWORD)).startsWith("230");
    }
  }

  @Test
  void hangsUpAfterTooManyWrongPasswords() throws Exception {
    try (RawFtp raw = RawFtp.connect("127.0.0.1", port())) {
      raw.reply();
      for (int i = 0; i < 2; i++) {
        raw.say("USER " + ada.name());
        assertThat(raw.say("PASS wrong")).startsWith("530 Name or password is wrong");
      }
      raw.say("USER " + ada.name());
      assertThat(raw.say("PASS wrong")).startsWith("421 Name or password is wrong");
      assertThat(raw.isHungUp()).isTrue();
    }
  }

  @Test
  void doesNotCallAPasswordWrongThatWasNotLookedAt() throws Exception {
    chat.throttleSignIns(true);
    try (RawFtp raw = RawFtp.connect("127.0.0.1", port())) {
      raw.reply();
      assertThat(raw.signIn(ada)).startsWith("421 Too many attempts");
      assertThat(raw.isHungUp()).isTrue();
    } finally {
      chat.throttleSignIns(false);
    }
  }

  @Test
  void refusesToLetAGuestReplaceWhatOthersStored() throws Exception {
    Person guest = new Person(UUID.randomUUID(), "eve-" + UUID.randomUUID(), true);
    chat.account(guest, RawFtp.PASSWORD);
    String room = "shared-" + UUID.randomUUID();
    chat.room(room, ada, guest);
    String path = "/rooms/" + room + "/plan";
    assertThat(store(path, "hers")).isTrue();

    try (RawFtp raw = RawFtp.signedIn(guest, port())) {
      raw.connectData();
      assertThat(raw.say("STOR " + path)).startsWith("550 Guests may not do this");
      raw.connectData();
      assertThat(raw.say("APPE " + path)).startsWith("550 Guests may not do this");
      assertThat(raw.say("MFMT 20200101000000 " + path)).startsWith("550");
      Socket own = raw.connectData();
      assertThat(raw.say("STOR /rooms/" + room + "/his")).startsWith("150");
      own.close();
      assertThat(raw.reply()).startsWith("226");
      raw.say("RNFR /rooms/" + room + "/his");
      assertThat(raw.say("RNTO " + path)).startsWith("550 Guests may not do this");
    }
    assertThat(retrieve(path)).isEqualTo("hers");
  }

  @Test
  void takesTheOptionsThatClientsSendToLs() throws Exception {
    store("/home/a.txt", "x");
    try (RawFtp raw = RawFtp.signedIn(ada, port())) {
      raw.say("CWD /home");

      assertThat(raw.list("LIST -al")).hasSize(1).allMatch(line -> line.startsWith("-rw"));
      assertThat(raw.list("LIST -a /home")).hasSize(1);
      assertThat(raw.list("NLST -1 .")).containsExactly("a.txt");
      assertThat(raw.list("NLST -l")).hasSize(1).allMatch(line -> line.startsWith("-rw"));
      assertThat(raw.list("LIST a.txt")).hasSize(1);
      assertThat(raw.list("NLST /home/a.txt")).containsExactly("a.txt");
      raw.connectData();
      assertThat(raw.say("MLSD a.txt")).startsWith("501");
    }
  }

  @Test
  void listsALargeFolderToItsEnd() throws Exception {
    fill("large", 20_500);

    try (RawFtp raw = RawFtp.signedIn(ada, port())) {
      assertThat(raw.list("NLST /home/large")).hasSize(20_500).doesNotHaveDuplicates();
      assertThat(raw.list("LIST /home/large")).hasSize(20_500);
      assertThat(raw.list("MLSD /home/large")).hasSize(20_500);
    }
  }

  @Test
  void readsAFolderPageByPage() throws Exception {
    fill("pages", 5_000);
    CatalogFileSystemView view = new CatalogFileSystemView(ada, service.bean(FileOperations.class));
    List<String> seen = new ArrayList<>();

    view.getFile("/home/pages")
        .forEachChild(child -> {
          if (seen.isEmpty()) {
            deleteAllIn("pages"); // nothing that lies behind the first page was read yet
          }
          seen.add(child.getName());
        });

    assertThat(seen).hasSize(1000);
  }

  @Test
  void doesNotCallAListWholeIfItsFolderGoesAway() throws Exception {
    fill("going", 100_000);
    try (RawFtp raw = RawFtp.signedIn(ada, port())) {
      Socket data = raw.connectData();
      assertThat(raw.say("MLSD /home/going")).startsWith("150");
      data.getInputStream().readNBytes(100);

      deleteAllIn("going");
      service
          .bean(Catalog.class)
          .write(tree -> tree.jdbc().sql("delete from node where name = 'going'").update());

      assertThatThrownBy(() -> data.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class);
      assertThat(raw.reply()).startsWith("550");
    }
  }

  /// Makes a folder of the person with this many folders in it.
  private void fill(String name, int count) throws IOException {
    ftp.makeDirectory("/home/" + name);
    String insert =
        """
        insert into node (id, space, parent, name, kind, version, modified_at)
        with recursive n (i) as (select 1 union all select i + 1 from n where i < :count)
        select lower(hex(randomblob(4))) || '-0000-4000-8000-' || lower(hex(randomblob(6))),
          p.space, p.id, printf('%06d', i), 0, 1, 0
        from n join node p on p.space = :space and p.parent = '' and p.name = :name
        """;
    service
        .bean(Catalog.class)
        .write(tree ->
            tree.jdbc()
                .sql(insert)
                .param("count", count)
                .param("space", new Space.Home(ada.personId()).key())
                .param("name", name)
                .update());
  }

  private void deleteAllIn(String name) {
    service
        .bean(Catalog.class)
        .write(tree ->
            tree.jdbc()
                .sql(
                    "delete from node where parent = (select id from node where space = ? and name"
                        + " = ?)")
                .params(new Space.Home(ada.personId()).key(), name)
                .update());
  }

  @Test
  void showsRoomsWhoseNamesCanBeNamesInPaths() throws Exception {
    String room = "fine-" + UUID.randomUUID();
    chat.room(room, ada);
    chat.room("a/b-" + UUID.randomUUID(), ada);

    assertThat(ftp.listNames("/rooms")).containsExactly(room);
    assertThat(ftp.changeWorkingDirectory("/rooms/" + room)).isTrue();
  }

  @Test
  void convertsLinesInTypeA() throws Exception {
    try (RawFtp raw = RawFtp.signedIn(ada, port())) {
      raw.say("TYPE A");
      Socket data = raw.connectData();
      raw.say("STOR /home/lines");
      data.getOutputStream().write("a\r\nb\r\n".getBytes(UTF_8));
      data.close();
      assertThat(raw.reply()).startsWith("226");
      assertThat(overHttp("lines")).isEqualTo("a\nb\n");

      assertThat(raw.list("RETR /home/lines")).containsExactly("a", "b");
    }
  }
}
