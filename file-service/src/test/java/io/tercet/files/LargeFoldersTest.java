package io.tercet.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.database.CountedStatements;
import io.tercet.files.database.Database;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Folders with more items than one transaction may touch.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeFoldersTest {
  private static final int ITEMS = 30_000;
  private static final String MINE = "/api/files/people/me/";

  private final CountedStatements statements = new CountedStatements();
  private Path data;
  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    chat = ChatStub.start();
    ada = chat.person("ada");
    service = start("1h");
  }

  private RunningService start(String purgePause) throws Exception {
    return RunningService.start(
        data,
        chat,
        statements,
        "--tercet.files.folder.purge-pause=" + purgePause,
        "--tercet.files.site.upkeep-pause=1h");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  /// Makes a folder in which there are many files, and one file in a folder.
  private void makeLarge(String name) throws Exception {
    service.put(ada, MINE + name + "/sub/x", "x");
    service
        .bean(Database.class)
        .write(jdbc ->
            jdbc.sql(
                    """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
                    insert into node (id, space, parent, name, kind, version, modified_at, person_id)
                      select printf('%s-0000-0000-0000-%012d', substr(f.id, 1, 8), i),
                        f.space, f.id, 'f' || i, 1, 1, 0, f.person_id
                      from n join node f on f.name = ? and f.parent = ''
                    """)
                .params(ITEMS, name)
                .update());
    service
        .bean(Database.class)
        .write(jdbc ->
            jdbc.sql(
                    """
                    insert into version
                        (file_id, number, sha256, size, media_type, person_id, written_at)
                      select n.id, 1, ?, 1, 'text/plain', n.person_id, 0
                      from node f join node n on n.parent = f.id and n.kind = 1
                      where f.name = ? and f.parent = ''
                    """)
                .params("ab".repeat(32), name)
                .update());
  }

  private int nodes() {
    return service
        .bean(Database.class)
        .read(jdbc -> jdbc.sql("select count(*) from node").query(Integer.class).single());
  }

  private Answer move(String from, String to) throws Exception {
    String body = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to);
    return service.json(ada, "POST", "/api/files/moves", body);
  }

  @Test
  void areRenamedByAFewStatements() throws Exception {
    makeLarge("named");
    statements.count();

    assertThat(move("people/me/named", "people/me/renamed/deep").status()).isEqualTo(200);

    assertThat(statements.count()).isLessThan(20);
    assertThat(service.get(ada, MINE + "renamed/deep/sub/x").text()).isEqualTo("x");
  }

  @Test
  void moveToAnotherSpaceInPartsOnlyAndCostTheWriterNothing() throws Exception {
    makeLarge("mine");
    UUID room = chat.room("plans", ada);
    statements.count();

    assertThat(move("people/me/mine", "rooms/" + room + "/mine").problem())
        .isEqualTo("413 too-large");

    assertThat(statements.count()).isZero();
    assertThat(move("people/me/mine/sub", "rooms/" + room + "/sub").status()).isEqualTo(200);
    assertThat(service.get(ada, "/api/files/rooms/" + room + "/sub/x").text()).isEqualTo("x");
  }

  @Test
  void areNotMovedToWhereTheirFilesHadTooLongAPath() throws Exception {
    service.put(ada, MINE + "low/a/b/c", "x");
    String deep = "d/".repeat(28);

    assertThat(move("people/me/low", "people/me/" + deep + "low").status()).isEqualTo(200);
    assertThat(move("people/me/" + deep + "low", "people/me/" + deep + "e/low").problem())
        .isEqualTo("400 invalid-path");
  }

  @Test
  void areNotPublished() throws Exception {
    makeLarge("web");
    statements.count();

    Answer refused = service.json(ada, "PUT", "/api/sites/large", "{\"folder\":\"people/me/web\"}");

    assertThat(refused.problem()).isEqualTo("413 too-large");
    assertThat(statements.count()).isZero();
  }

  @Test
  void areDeletedAtOnceAndRemovedInSmallStepsAlsoAfterARestart() throws Exception {
    int before = nodes();
    makeLarge("gone");
    statements.count();

    assertThat(service.delete(ada, MINE + "gone/").status()).isEqualTo(204);

    assertThat(statements.count()).isLessThan(20);
    assertThat(service.get(ada, MINE + "gone/sub/x").problem()).isEqualTo("404 file-not-found");
    assertThat(service.put(ada, MINE + "gone/again", "again").status()).isEqualTo(201);
    assertThat(nodes()).isGreaterThan(ITEMS);
    service.close();
    service = start("50ms");
    await().atMost(Duration.ofSeconds(120)).until(() -> nodes() <= before + 2);
    assertThat(service.get(ada, MINE + "gone/again").text()).isEqualTo("again");
    service.close();
    service = start("1h");
  }

  @Test
  void takeManyFilesOfOneNameInAFormWithoutASearchInTheWriter() throws Exception {
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"plan.pdf\"\r\n\r\nx\r\n";
    byte[] form = (part.repeat(100) + "--B--\r\n").getBytes(UTF_8);
    String type = "multipart/form-data; boundary=B";
    for (int i = 0; i < 3; i++) {
      service.send(ada, "POST", MINE + "form/", form, "Content-Type", type);
    }
    statements.count();

    Answer stored = service.send(ada, "POST", MINE + "form/", form, "Content-Type", type);

    assertThat(stored.status()).isEqualTo(201);
    assertThat(stored.json().get("items").get(99).get("name").asString())
        .isEqualTo("plan (400).pdf");
    assertThat(statements.count()).isLessThan(100 * 10);
  }
}
