package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator reads when PostgreSQL cannot be used, and how several replicas start.
@Tag("docker")
@Timeout(120)
class PostgresStartTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String HUSH = "hush-hush";

  @BeforeAll
  static void makeAUserWithoutRights() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(PostgresServer.newDatabase(), "test", "test");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE weak LOGIN PASSWORD '" + HUSH + "'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://db/tercet?password=" + HUSH,
        "jdbc:postgresql://db:port/tercet?password=" + HUSH,
        "jdbc:mysql://db/tercet?password=" + HUSH,
        "tercet"
      })
  void saysHowToWriteAUrl(String url) {
    assertThat(refusal(url, "test", HUSH, LONG))
        .startsWith("TERCET_CHAT_DATABASE_URL names no database")
        .contains("jdbc:postgresql://host:5432/database");
  }

  @Test
  void namesAPasswordThatIsWrong() {
    assertThat(refusal(PostgresServer.newDatabase(), "test", HUSH, LONG))
        .contains("the user test")
        .contains("TERCET_CHAT_DATABASE_USER and TERCET_CHAT_DATABASE_PASSWORD");
  }

  @Test
  void namesADatabaseThatIsNotThere() {
    String url = PostgresServer.newDatabase().replaceFirst("/chat\\d+$", "/nowhere");
    assertThat(refusal(url, "test", "test", LONG))
        .contains("no database nowhere")
        .contains("CREATE DATABASE nowhere OWNER test")
        .contains("TERCET_CHAT_DATABASE_URL");
  }

  @Test
  void namesAUserWhoMayNotCreateTables() {
    String url = PostgresServer.newDatabase();
    String name = url.substring(url.lastIndexOf('/') + 1);
    assertThat(refusal(url, "weak", HUSH, LONG))
        .contains("the user weak of TERCET_CHAT_DATABASE_USER may not create tables")
        .contains("ALTER DATABASE " + name + " OWNER TO weak");
  }

  @Test
  void namesAServerThatCanOnlyBeRead() {
    String url = PostgresServer.newDatabase() + "?options=-c%20default_transaction_read_only=on";
    assertThat(refusal(url, "test", "test", LONG))
        .contains("TERCET_CHAT_DATABASE_URL")
        .contains("name the primary");
  }

  @Test
  void namesAHostThatNobodyKnows() {
    String url = "jdbc:postgresql://nowhere.invalid/tercet?password=" + HUSH;
    assertThat(refusal(url, "test", HUSH, Duration.ofSeconds(1)))
        .isEqualTo(
            "nobody knows the host nowhere.invalid:5432 of TERCET_CHAT_DATABASE_URL: correct it");
  }

  @Test
  void waitsForAServerThatDoesNotAnswerOnlySoLong() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/tercet";
      assertThat(refusal(url, "test", HUSH, Duration.ofSeconds(1)))
          .contains("could not be used within 1 s")
          .contains("TERCET_CHAT_DATABASE_URL");
    }
  }

  /// The real server is new; so this says that it must be newer.
  @Test
  void namesAServerThatIsTooOld() {
    String url = PostgresServer.newDatabase();
    PostgresDatabase database =
        new PostgresDatabase(settings(url, "test", "test", LONG), new SimpleMeterRegistry()) {
          @Override
          int versionOldest() {
            return 99;
          }
        };
    try {
      assertThat(line(catchThrowableOfType(StartupException.class, database::open)))
          .contains("TERCET_CHAT_DATABASE_URL")
          .contains("says that it is PostgreSQL 17: upgrade it to 99 or newer");
    } finally {
      database.close();
    }
  }

  @Test
  void isWaitedForWhileItStarts() throws Exception {
    URI server = URI.create(PostgresServer.newDatabase().substring("jdbc:".length()));
    int port;
    try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresDatabase database =
        new PostgresDatabase(
            settings(
                "jdbc:postgresql://127.0.0.1:"
                    + port
                    + server.getPath()
                    + "?sslmode=disable&gssEncMode=disable",
                "test",
                "test",
                LONG),
            new SimpleMeterRegistry());
    CompletableFuture<Void> opening =
        CompletableFuture.runAsync(database::open, task -> Thread.ofVirtual().start(task));
    try (WireCounter late = new WireCounter("jdbc:" + server, port)) {
      opening.get(60, TimeUnit.SECONDS);
      database.close();
    }
  }

  @Test
  void isMigratedOnceByReplicasThatStartAtOnce() throws Exception {
    String url = PostgresServer.newDatabase();
    int replicas = 4;
    CyclicBarrier together = new CyclicBarrier(replicas);
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      starts.add(
          CompletableFuture.runAsync(
              () -> {
                PostgresDatabase database =
                    new PostgresDatabase(
                        settings(url, "test", "test", LONG), new SimpleMeterRegistry());
                try {
                  together.await(60, TimeUnit.SECONDS);
                  database.open();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                } finally {
                  database.close();
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    for (CompletableFuture<Void> start : starts) {
      start.get(100, TimeUnit.SECONDS);
    }
    try (TestDatabasesConnection check = new TestDatabasesConnection(url)) {
      assertThat(check.number("SELECT COUNT(*) FROM flyway_schema_history WHERE success"))
          .isEqualTo(check.number("SELECT COUNT(DISTINCT version) FROM flyway_schema_history"))
          .isGreaterThanOrEqualTo(8);
      assertThat(check.number("SELECT COUNT(*) FROM log_epoch")).isEqualTo(1);
    }
  }

  private record TestDatabasesConnection(Connection connection) implements AutoCloseable {

    TestDatabasesConnection(String url) throws SQLException {
      this(DriverManager.getConnection(url, "test", "test"));
    }

    int number(String sql) throws SQLException {
      try (Statement statement = connection.createStatement();
          var row = statement.executeQuery(sql)) {
        row.next();
        return row.getInt(1);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static String refusal(String url, String user, String password, Duration startMax) {
    return line(
        catchThrowableOfType(
            StartupException.class,
            () -> {
              PostgresDatabase database =
                  new PostgresDatabase(
                      settings(url, user, password, startMax), new SimpleMeterRegistry());
              try {
                database.open();
              } finally {
                database.close();
              }
            }));
  }

  /// One line without a secret.
  private static String line(StartupException refusal) {
    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage()).hasLineCount(1).doesNotContain(HUSH);
    return refusal.getMessage();
  }

  private static DatabaseSettings settings(
      String url, String user, String password, Duration startMax) {
    return new DatabaseSettings(
        url, user, password, 3, 3, 1_000, LONG, LONG, LONG, 10, LONG, startMax);
  }
}
