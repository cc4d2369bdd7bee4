package io.tercet.chat.database;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// Opens a real, migrated database for the contract tests of the stores.
public final class TestDatabases {

  /// A test of rules must not depend on the speed of the machine.
  private static final Duration LONG = Duration.ofSeconds(30);

  private TestDatabases() {}

  /// SQLite in a folder of the test.
  public static Opened sqlite(Path folder) {
    return open("jdbc:sqlite:" + folder.resolve("chat.db"), "", "");
  }

  /// PostgreSQL at an address.
  public static Opened postgres(String url, String user, String password) {
    return open(url, user, password);
  }

  /// Makes an empty database on a PostgreSQL server, as the user and with the password `test`.
  static void create(String serverUrl, String name) {
    try (Connection connection = DriverManager.getConnection(serverUrl, "test", "test");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Opened open(String url, String user, String password) {
    DatabaseSettings settings =
        new DatabaseSettings(
            url, user, password, 3, 3, 1_000, LONG, LONG, LONG, 10, LONG, LONG.multipliedBy(2));
    OpenableDatabase database =
        url.startsWith("jdbc:sqlite:")
            ? new SqliteDatabase(settings)
            : new PostgresDatabase(settings, new SimpleMeterRegistry());
    database.open();
    return new Opened(database, database::close);
  }

  /// A database and how to let go of it.
  public record Opened(Database database, Runnable close) {}
}
