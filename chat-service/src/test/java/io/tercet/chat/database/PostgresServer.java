package io.tercet.chat.database;

import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// One PostgreSQL server for all tests of this run; each test class gets a database of its own.
public final class PostgresServer {

  private static final PostgreSQLContainer SERVER = start();
  private static int databases;

  private PostgresServer() {}

  /// Opens a new, empty, migrated database.
  public static synchronized TestDatabases.Opened open() {
    String name = "chat" + ++databases;
    TestDatabases.create(url("test"), name);
    return TestDatabases.postgres(url(name), SERVER.getUsername(), SERVER.getPassword());
  }

  /// The address of a new, empty database.
  public static synchronized String newDatabase() {
    String name = "chat" + ++databases;
    TestDatabases.create(url("test"), name);
    return url(name);
  }

  public static String user() {
    return SERVER.getUsername();
  }

  public static String password() {
    return SERVER.getPassword();
  }

  private static String url(String name) {
    return "jdbc:postgresql://"
        + SERVER.getHost()
        + ":"
        + SERVER.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)
        + "/"
        + name;
  }

  private static PostgreSQLContainer start() {
    PostgreSQLContainer server =
        new PostgreSQLContainer(DockerImageName.parse("postgres:17"))
            .withDatabaseName("test")
            .withUsername("test")
            .withPassword("test");
    server.start();
    return server;
  }
}
