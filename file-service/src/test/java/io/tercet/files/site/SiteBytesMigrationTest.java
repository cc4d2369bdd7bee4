package io.tercet.files.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sites that were published before sites had bytes are counted by the migration.
class SiteBytesMigrationTest {
  @Test
  void countsWhatIsPublishedAsItWouldBePublishedNow(@TempDir Path folder) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("catalogue.db");
    Flyway.configure().dataSource(url, null, null).target("6").load().migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          insert into site (name, person_id, folder, version, published_at) values
            ('ada', 'p', 'people/me/web', 2, 1), ('bob', 'p', 'people/me/web', 1, null)
          """);
      statement.executeUpdate(
          """
          insert into site_file (site, version, path, sha256, size, media_type) values
            ('ada', 1, 'old', 'o', 99999, 't'), ('ada', 2, 'a', 'a', 4097, 't'),
            ('ada', 2, 'same', 'a', 4097, 't'), ('ada', 2, 'empty', 'e', 0, 't'),
            ('ada', 2, 'block', 'b', 4096, 't'), ('bob', 1, 'x', 'x', 99999, 't')
          """);
    }
    Flyway.configure().dataSource(url, null, null).load().migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(number(statement, "select bytes from site where name = 'ada'"))
          .isEqualTo(4 * 4096);
      assertThat(number(statement, "select bytes from site where name = 'bob'")).isZero();
      assertThat(number(statement, "select bytes from site_revision")).isEqualTo(4 * 4096);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.getLong(1);
    }
  }
}
