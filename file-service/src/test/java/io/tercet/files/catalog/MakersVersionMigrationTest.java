package io.tercet.files.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/// Files from before versions of their makers were kept: what is there stays, and files that others
/// wrote over are shared from then on.
class MakersVersionMigrationTest {
  private JdbcClient jdbc;

  @BeforeEach
  void migrateAFolderWithFiles(@TempDir Path folder) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("catalog.db"));
    migrate(source, "6");
    jdbc = JdbcClient.create(source);
    node("top", "", 0);
    node("folder", "top", 0);
    node("replaced", "folder", 1);
    node("own", "", 1);
    node("beside", "", 0);
    version("replaced", 1, "guest");
    version("replaced", 2, "guest");
    version("replaced", 3, "member");
    version("replaced", 4, "member");
    version("own", 1, "guest");
    version("own", 2, "guest");
    migrate(source, "7");
  }

  private static void migrate(DataSource source, String version) {
    Flyway.configure().dataSource(source).target(version).load().migrate();
  }

  private void node(String id, String parent, int kind) {
    jdbc.sql(
            "insert into node (id, space, parent, name, kind, version, modified_at, person_id)"
                + " values (?, 'rooms/r', ?, ?, ?, 1, 0, 'guest')")
        .params(id, parent, id, kind)
        .update();
  }

  private void version(String file, int number, String person) {
    jdbc.sql(
            "insert into version (file_id, number, sha256, size, media_type, person_id, written_at)"
                + " values (?, ?, 'ab', 1, 'a/b', ?, ?)")
        .params(file, number, person, number)
        .update();
  }

  private List<String> kept() {
    return list(
        "select file_id || ' ' || number from version where replaced_at is null order by 1");
  }

  private List<String> list(String sql) {
    return jdbc.sql(sql).query(String.class).list();
  }

  @Test
  void keepTheNewestVersionAndTheNewestOfTheirMaker() {
    assertThat(kept()).containsExactly("own 2", "replaced 2", "replaced 4");

    version("replaced", 5, "another");
    assertThat(kept()).containsExactly("own 2", "replaced 2", "replaced 5");

    version("replaced", 6, "guest");
    assertThat(kept()).containsExactly("own 2", "replaced 6");
  }

  @Test
  void areSharedIfOthersWroteOverThemAndSoAreTheFoldersAbove() {
    assertThat(list("select id from node where shared = 1 order by id"))
        .containsExactly("folder", "replaced", "top");
  }
}
