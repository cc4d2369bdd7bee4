package io.tercet.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.database.Database;
import io.tercet.files.database.FaultyConnections;
import io.tercet.files.identity.Person;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/// A full disk and an I/O error at each statement of each change: what is answered with an error
/// did not happen, what is answered with success did, and the service goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
  /// More statements than any change has.
  private static final int STATEMENTS_MAX = 300;

  private final FaultyConnections faults = new FaultyConnections();
  private ChatStub chat;
  private RunningService service;
  private Person ada;
  private String folder;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            faults,
            "--tercet.files.database.ballast=0B",
            "--tercet.files.folder.purge-pause=1h",
            "--tercet.files.site.upkeep-pause=1h",
            "--tercet.files.site.names-max=10000",
            "--tercet.files.site.batch=2");
    ada = chat.person("ada");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  private interface Step {
    Answer run() throws Exception;
  }

  private interface State {
    List<String> read() throws Exception;
  }

  @Test
  void ofAnUpload() throws Exception {
    check(() -> null, () -> put("a/b/new", "new"), () -> tree(folder));
  }

  @Test
  void ofAnUploadThatReplaces() throws Exception {
    check(() -> put("file", "old"), () -> put("file", "new"), () -> tree(folder));
  }

  @Test
  void ofAForm() throws Exception {
    check(() -> put("x", "taken"), this::form, () -> tree(folder));
  }

  @Test
  void ofAMove() throws Exception {
    check(() -> put("from/x", "x"), () -> move("from", "to/deep"), () -> tree(folder));
  }

  @Test
  void ofAMoveThatReplaces() throws Exception {
    check(
        () -> {
          put("new", "new");
          return put("old", "old");
        },
        () -> move("new", "old"),
        () -> tree(folder));
  }

  @Test
  void ofADeletion() throws Exception {
    check(
        () -> put("kept/gone/x", "x"),
        () -> service.delete(ada, "/api/files/" + folder + "/kept/gone/"),
        () -> tree(folder));
  }

  @Test
  void ofAFirstPublication() throws Exception {
    check(this::site, this::publish, this::sites);
  }

  @Test
  void ofAnotherPublication() throws Exception {
    check(
        () -> {
          site();
          publish();
          return put("web/more.html", "more");
        },
        this::publish,
        this::sites);
  }

  @Test
  void ofATakeDown() throws Exception {
    check(
        () -> {
          site();
          return publish();
        },
        () -> service.delete(ada, "/api/sites/" + name()),
        this::sites);
  }

  /// Prepares, lets one statement of a change fail, and looks at what is there; again for each
  /// statement.
  private void check(Step preparation, Step change, State state) throws Exception {
    for (SQLiteErrorCode code :
        List.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR_WRITE)) {
      boolean failed = true;
      for (int n = 1; failed && n < STATEMENTS_MAX; n++) {
        newFolder(n);
        preparation.run();
        List<String> before = state.read();

        faults.failAt(n, code);
        Answer answer = change.run();
        failed = faults.disarm();

        boolean refused = answer.status() >= 300;
        if (refused) {
          assertThat(answer.problem())
              .isEqualTo(
                  code == SQLiteErrorCode.SQLITE_FULL
                      ? "507 storage-full"
                      : "503 service-unavailable");
          assertThat(state.read()).as("%s at statement %d", code, n).isEqualTo(before);
          assertThat(change.run().status()).isLessThan(300);
        }
        assertThat(refused && !failed).as("refused without a failure").isFalse();
        List<String> after = state.read();
        newFolder(n);
        preparation.run();
        change.run();
        assertThat(after).as("%s at statement %d", code, n).isEqualTo(state.read());
      }
      assertThat(failed).as("a run without a failure ends this").isFalse();
    }
    List<String> broken =
        service
            .bean(Database.class)
            .read(jdbc ->
                jdbc.sql(
                        "select message from (select 'version ' || file_id message from version"
                            + " where file_id not in (select id from node) union all"
                            + " select 'node ' || id from node where parent not in ('', 'deleted')"
                            + " and parent not in (select id from node))")
                    .query(String.class)
                    .list());
    assertThat(broken).isEmpty();
  }

  private void newFolder(int n) {
    folder = "people/me/" + n + "-" + UUID.randomUUID();
  }

  private String name() {
    return "s" + folder.substring("people/me/".length());
  }

  private Answer put(String path, String text) throws Exception {
    return service.put(ada, "/api/files/" + folder + "/" + path, text);
  }

  private Answer form() throws Exception {
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\ntext\r\n";
    return service.send(
        ada,
        "POST",
        "/api/files/" + folder + "/",
        (part + part + "--B--\r\n").getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "multipart/form-data; boundary=B");
  }

  private Answer move(String from, String to) throws Exception {
    return service.json(
        ada,
        "POST",
        "/api/files/moves",
        "{\"from\":\"%s/%s\",\"to\":\"%s/%s\",\"replace\":true}"
            .formatted(folder, from, folder, to));
  }

  private Answer site() throws Exception {
    put("web/index.html", "one");
    put("web/two.html", "two");
    return put("web/three.html", "three");
  }

  private Answer publish() throws Exception {
    return service.json(
        ada, "PUT", "/api/sites/" + name(), "{\"folder\":\"%s/web\"}".formatted(folder));
  }

  /// Version and files of the site, as its owner and http-raw-server see them.
  private List<String> sites() throws Exception {
    List<String> all = new ArrayList<>();
    service
        .get(ada, "/api/sites")
        .json()
        .get("sites")
        .valueStream()
        .filter(site -> site.get("site").asString().equals(name()))
        .forEach(site -> all.add("version " + site.get("version")));
    for (int version = 1; version <= 3; version++) {
      Answer files =
          service.sendAs(
              "GET",
              "/internal/sites/" + name() + "/versions/" + version,
              new byte[0],
              "Authorization",
              "Bearer " + chat.serviceToken("http-raw-server"));
      if (files.status() == 200) {
        all.add(version + " " + files.json().get("files"));
      }
    }
    return all;
  }

  /// All paths below a folder, with what is there.
  private List<String> tree(String from) throws Exception {
    List<String> all = new ArrayList<>();
    Answer listing = service.get(ada, "/api/files/" + from + "/?limit=1000");
    if (listing.status() == 404) {
      return all;
    }
    for (var item : listing.json().get("items")) {
      String path = from + "/" + RunningService.encoded(item.get("name").asString());
      String shown = path.substring(folder.length());
      if (item.get("kind").asString().equals("folder")) {
        all.add(shown + "/");
        all.addAll(tree(path));
      } else {
        all.add(
            shown
                + " "
                + item.get("version")
                + " "
                + service.get(ada, "/api/files/" + path).text());
      }
    }
    return all;
  }
}
