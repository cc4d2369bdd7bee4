package io.tercet.files;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tercet.files.database.RecordedStatements;
import io.tercet.files.identity.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// What each statement of the service costs when the tables are big, as SQLite plans it.
///
/// The statements are those that the service runs here, so a new one needs a step in [#useAll]; the
/// test names each that has none.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanTest {
  private static final long ROWS = 1_000_000;
  private static final Pattern SCAN = Pattern.compile("SCAN (\\w+)(.*)");

  /// Statements that read a whole table or index on purpose, and why that is right.
  private static final Map<String, String> WHOLE =
      Map.of(
          "update site_revision set", "the table has one row",
          "select revision from site_revision", "the table has one row",
          "select files, bytes from site_revision", "the table has one row",
          "delete from probe", "the table has the row that was just written",
          "select name, version from site where published_at is not null",
              "http-raw-server gets the list of all sites; all-files-max bounds it");

  private final RecordedStatements statements = new RecordedStatements();
  private Path data;
  private UUID room;

  @BeforeAll
  void useAll(@TempDir Path folder) throws Exception {
    data = folder;
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(
                folder,
                chat,
                statements,
                "--tercet.files.folder.purge-pause=50ms",
                "--tercet.files.folder.bin-life=0s",
                "--tercet.files.site.upkeep-pause=50ms",
                "--tercet.files.sweep.pause=50ms",
                "--tercet.files.sweep.version-life=0s",
                "--tercet.files.sweep.round=0s",
                "--tercet.files.sweep.grace=0s")) {
      Person ada = chat.person("ada");
      Person grace = chat.person("grace");
      room = chat.room("plans", ada, grace);
      useFiles(service, ada, grace);
      useSites(service, chat, ada);
      manage(service, "/actuator/health/readiness");
      manage(service, "/actuator/prometheus");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> chat.events(room).size() >= 2 && missing().isEmpty());
    } catch (ConditionTimeoutException _) {
      // everyStatementIsRunHere says what is missing
    }
  }

  private void useFiles(RunningService service, Person ada, Person grace) throws Exception {
    String home = "/api/files/people/me/";
    String shared = "/api/files/rooms/" + room + "/";
    service.put(ada, home + "a/b/c.txt", "one");
    String id = service.put(ada, home + "a/b/c.txt", "two").json().get("fileId").asString();
    service.get(ada, "/api/files/by-id/" + id);
    service.get(ada, "/api/files/usage");
    service.put(ada, home + "new/", "");
    service.get(ada, home + "a/");
    service.get(ada, home + "a/b/c.txt");
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\ntext\r\n";
    service.send(
        ada,
        "POST",
        home + "a/",
        (part + part + "--B--\r\n").getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "multipart/form-data; boundary=B");
    move(service, ada, "people/me/a/x", "people/me/y");
    move(service, ada, "people/me/a", "rooms/" + room + "/a");
    service.put(grace, shared + "of-grace", "x");
    service.put(grace, shared + "of-grace-too", "y");
    service.delete(grace, shared + "of-grace");
    service.delete(grace, "/api/files/bin/rooms/" + room);
    service.delete(ada, shared + "of-grace-too");
    service.delete(ada, "/api/files/bin/rooms/" + room);
  }

  private void useSites(RunningService service, ChatStub chat, Person ada) throws Exception {
    service.put(ada, "/api/files/rooms/" + room + "/web/index.html", "<p>");
    for (int i = 0; i < 3; i++) {
      service.json(ada, "PUT", "/api/sites/plans", "{\"folder\":\"rooms/%s/web\"}".formatted(room));
    }
    service.get(ada, "/api/sites");
    service.get(ada, "/api/sites?folder=rooms/" + room);
    String bearer = "Bearer " + chat.serviceToken("http-raw-server");
    byte[] none = new byte[0];
    service.sendAs("GET", "/internal/sites", none, "Authorization", bearer);
    RunningService.Answer files =
        service.sendAs("GET", "/internal/sites/plans/versions/3", none, "Authorization", bearer);
    String sha256 = files.json().get("files").get(0).get("sha256").asString();
    service.sendAs("GET", "/internal/blobs/" + sha256, none, "Authorization", bearer);
    service.delete(ada, "/api/sites/plans");
    service.json(ada, "PUT", "/api/sites/plans", "{\"folder\":\"rooms/%s/web\"}".formatted(room));
  }

  private static void move(RunningService service, Person person, String from, String to)
      throws Exception {
    String body = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to);
    service.json(person, "POST", "/api/files/moves", body);
  }

  private static void manage(RunningService service, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + service.managementPort() + path);
      client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    }
  }

  /// Methods with more calls of `JdbcClient.sql` than statements that were run here.
  private Set<String> missing() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tercet.files");
    Map<String, Long> calls =
        classes.stream()
            .map(JavaClass::getMethodCallsFromSelf)
            .flatMap(Set::stream)
            .filter(PlanTest::makesStatement)
            .collect(
                groupingBy(
                    call ->
                        RecordedStatements.method(
                            call.getOriginOwner().getName(), call.getOrigin().getName()),
                    counting()));
    assertThat(calls).isNotEmpty();
    Set<String> missing = new TreeSet<>();
    calls.forEach((method, count) -> {
      if (statements.byMethod().getOrDefault(method, Set.of()).size() < count) {
        missing.add(method);
      }
    });
    return missing;
  }

  private static boolean makesStatement(JavaMethodCall call) {
    return call.getTargetOwner().isAssignableTo(JdbcClient.class) && call.getName().equals("sql");
  }

  @AfterAll
  void forget() {
    statements.byMethod().clear();
  }

  @Test
  void everyStatementIsRunHere() {
    assertThat(missing()).as("methods with a statement that useAll does not run").isEmpty();
  }

  @Test
  void noStatementReadsAWholeTable() throws Exception {
    SingleConnectionDataSource source =
        new SingleConnectionDataSource("jdbc:sqlite:" + data.resolve("files/catalog.db"), true);
    try {
      pretendBigTables(JdbcClient.create(source));
      source.resetConnection(); // statistics are read when a connection is opened
      JdbcClient jdbc = JdbcClient.create(source);
      List<String> complaints = new ArrayList<>();
      statements.byMethod().values().stream()
          .flatMap(Set::stream)
          .distinct()
          .filter(sql -> !sql.equals("commit"))
          .forEach(sql -> complaints.addAll(complaints(jdbc, sql)));
      assertThat(complaints).isEmpty();
    } finally {
      source.destroy();
    }
  }

  private static List<String> complaints(JdbcClient jdbc, String sql) {
    if (WHOLE.keySet().stream().anyMatch(sql::startsWith)) {
      return List.of();
    }
    return jdbc
        .sql("explain query plan " + sql)
        .params(Collections.nCopies(parameters(sql), 1))
        .query((row, _) -> row.getString("detail"))
        .list()
        .stream()
        .filter(detail -> isExpensive(detail, sql))
        .map(detail -> detail + " in: " + sql)
        .toList();
  }

  private static int parameters(String sql) {
    return (int) sql.chars().filter(c -> c == '?').count();
  }

  /// Reading a table from its start, sorting, or making an index; but not reading the first few
  /// rows as they come.
  private static boolean isExpensive(String detail, String sql) {
    if (detail.contains("TEMP B-TREE") || detail.contains("AUTOMATIC")) {
      return true;
    }
    Matcher scan = SCAN.matcher(detail);
    if (!scan.find() || Set.of("above", "CONSTANT").contains(scan.group(1))) {
      return false;
    }
    boolean firstRows = sql.contains("limit") && !sql.contains("where");
    return !firstRows && !detail.contains("subquery");
  }

  /// Writes statistics as ANALYZE would for a million rows in each table.
  private static void pretendBigTables(JdbcClient jdbc) {
    jdbc.sql("analyze").update();
    jdbc.sql("delete from sqlite_stat1").update();
    record Index(String table, String name, int columns) {}
    List<Index> indexes =
        jdbc.sql(
                """
                select t.name as tbl, i.name as idx,
                  (select count(*) from pragma_index_info(i.name)) as columns
                from sqlite_schema t join pragma_index_list(t.name) i where t.type = 'table'
                """)
            .query((row, _) ->
                new Index(row.getString("tbl"), row.getString("idx"), row.getInt("columns")))
            .list();
    for (Index index : indexes) {
      StringBuilder rows = new StringBuilder(Long.toString(ROWS));
      for (int i = 1; i <= index.columns(); i++) {
        rows.append(' ').append(Math.max(1, ROWS / (long) Math.pow(1000, i)));
      }
      jdbc.sql("insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)")
          .params(index.table(), index.name(), rows.toString())
          .update();
    }
  }
}
