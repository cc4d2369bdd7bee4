package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/// Rooms from before their creator was stored.
class RoomCreatorMigrationTest {
  private final SQLiteDataSource source = new SQLiteDataSource();

  @Test
  void takesTheCreatorFromTheFirstEntryUnlessTheServiceMadeTheRoom(@TempDir Path folder) {
    source.setUrl("jdbc:sqlite:" + folder.resolve("chat.db"));
    migrateTo("1");
    JdbcClient client = JdbcClient.create(source);
    for (String person : new String[] {"ada", "grace"}) {
      client
          .sql("INSERT INTO person (person_id, name, created_at, last_seen_at) VALUES (?, ?, 1, 1)")
          .params(person, person)
          .update();
    }
    room(client, "plans", 10);
    entry(client, "plans", 1, "ada", 10);
    entry(client, "plans", 2, "grace", 11);
    room(client, "lobby", 5);
    entry(client, "lobby", 1, "grace", 9);

    migrateTo("5");

    assertThat(creator(client, "plans")).isEqualTo("ada");
    assertThat(creator(client, "lobby")).isNull();
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/sqlite")
        .target(version)
        .load()
        .migrate();
  }

  private static void room(JdbcClient client, String id, long createdAt) {
    client
        .sql(
            "INSERT INTO room (room_id, name, name_key, topic, visibility, last_seq, created_at)"
                + " VALUES (?, ?, ?, '', 'PUBLIC', 2, ?)")
        .params(id, id, id, createdAt)
        .update();
  }

  private static void entry(JdbcClient client, String room, int seq, String person, long sentAt) {
    client
        .sql(
            "INSERT INTO entry (room_id, seq, kind, person_id, person_name, sent_at)"
                + " VALUES (?, ?, 'joined', ?, ?, ?)")
        .params(room, seq, person, person, sentAt)
        .update();
  }

  private static String creator(JdbcClient client, String room) {
    return (String)
        client
            .sql("SELECT creator_id FROM room WHERE room_id = ?")
            .param(room)
            .query()
            .singleRow()
            .get("creator_id");
  }
}
