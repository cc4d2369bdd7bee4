package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/// Rooms from before the search.
class RoomWordsMigrationTest {
  private final SQLiteDataSource source = new SQLiteDataSource();

  @Test
  void leavesThePublicOnesForTheNextStartToAdopt(@TempDir Path folder) {
    source.setUrl("jdbc:sqlite:" + folder.resolve("chat.db"));
    migrateTo("5");
    JdbcClient client = JdbcClient.create(source);
    room(client, "adopted", "adopted", "PUBLIC");
    room(client, "hidden", null, "PRIVATE");
    room(client, "waiting", "waiting", "PUBLIC");
    client.sql("INSERT INTO room_to_adopt (created_at, room_id) VALUES (7, 'waiting')").update();

    migrateTo("6");

    assertThat(
            client.sql("SELECT room_id FROM room_to_adopt ORDER BY room_id").query().singleColumn())
        .containsExactly("adopted", "waiting");
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/sqlite")
        .target(version)
        .load()
        .migrate();
  }

  private static void room(JdbcClient client, String id, String key, String visibility) {
    client
        .sql(
            "INSERT INTO room (room_id, name, name_key, topic, visibility, last_seq, created_at)"
                + " VALUES (?, ?, ?, '', ?, 0, 7)")
        .params(id, id, key, visibility)
        .update();
  }
}
