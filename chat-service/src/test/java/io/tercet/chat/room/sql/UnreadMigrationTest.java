package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/// Members and messages from before places and counts.
class UnreadMigrationTest {

  private final SQLiteDataSource source = new SQLiteDataSource();

  @Test
  void leavesNothingUnreadAndKnowsWhatIsDeleted(@TempDir Path folder) {
    source.setUrl("jdbc:sqlite:" + folder.resolve("chat.db"));
    migrateTo("11");
    JdbcClient client = JdbcClient.create(source);
    client
        .sql(
            "INSERT INTO room (room_id, name, topic, visibility, last_seq, created_at)"
                + " VALUES ('r', 'r', '', 'PUBLIC', 3, 7), ('s', 's', '', 'PUBLIC', 1, 7)")
        .update();
    client
        .sql(
            "INSERT INTO person (person_id, name, created_at, last_seen_at)"
                + " VALUES ('ada', 'ada', 0, 0)")
        .update();
    client
        .sql(
            "INSERT INTO member (room_id, person_id, joined_at) VALUES ('r', 'ada', 0), ('s',"
                + " 'ada', 0)")
        .update();
    client
        .sql(
            "INSERT INTO entry (room_id, seq, kind, person_id, person_name, sent_at, body) VALUES"
                + " ('r', 1, 'message', 'ada', 'ada', 0, 'text'),"
                + " ('r', 2, 'message', 'ada', 'ada', 0, ''),"
                + " ('r', 3, 'deleted', 'ada', 'ada', 0, '{\"targetSeq\":2}')")
        .update();
    client
        .sql("INSERT INTO message_now (room_id, seq, edits, deleted_seq) VALUES ('r', 2, 0, 3)")
        .update();

    migrateTo("12");

    assertThat(client.sql("SELECT read_seq FROM member ORDER BY room_id").query().singleColumn())
        .containsExactly(3, 1);
    assertThat(client.sql("SELECT seq FROM entry WHERE deleted = 1").query().singleColumn())
        .containsExactly(2);
  }

  private void migrateTo(String version) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/sqlite")
        .target(version)
        .load()
        .migrate();
  }
}
