package io.tercet.chat.database;

import org.springframework.test.context.DynamicPropertyRegistry;
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

  /// Opens a new, empty, migrated database in which every transaction is serializable.
  public static TestDatabases.Opened openSerializable() {
    return TestDatabases.postgres(
        newDatabase() + "?options=-c%20default_transaction_isolation=serializable",
        SERVER.getUsername(),
        SERVER.getPassword());
  }

  /// Settings of a service with a new, empty database.
  public static void addSettings(DynamicPropertyRegistry properties) {
    String url = newDatabase();
    properties.add("tercet.database.url", () -> url);
    properties.add("tercet.database.user", SERVER::getUsername);
    properties.add("tercet.database.password", SERVER::getPassword);
    // These tests are about rules, not about the speed of the machine.
    properties.add("tercet.database.connection-max", () -> "30s");
    properties.add("tercet.database.answer-max", () -> "30s");
  }

  /// The address of a new, empty database.
  public static synchronized String newDatabase() {
    String name = "chat" + ++databases;
    TestDatabases.create(url("test"), name);
    return url(name);
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
