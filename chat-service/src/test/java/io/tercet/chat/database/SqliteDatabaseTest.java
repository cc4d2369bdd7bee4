package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

class SqliteDatabaseTest {

  @TempDir Path folder;
  private TestDatabases.Opened opened;
  private Database database;

  @BeforeEach
  void open() {
    opened = TestDatabases.sqlite(folder);
    database = opened.database();
    database.write(client -> client.sql("CREATE TABLE t (n INTEGER)").update());
  }

  @AfterEach
  void close() {
    opened.close().run();
  }

  @Test
  void writesAheadAndFlushesEveryCommit() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    // 2 is FULL: https://sqlite.org/pragma.html#pragma_synchronous
    assertThat(pragma("synchronous")).isEqualTo("2");
    assertThat(pragma("foreign_keys")).isEqualTo("1");
  }

  @Test
  void leavesNothingOfWhatIsDeletedInItsFiles() throws Exception {
    String secret = "only once in all files";
    database.write(client -> client.sql("CREATE TABLE said (text TEXT)").update());
    database.write(
        client -> client.sql("INSERT INTO said VALUES (?)").param(secret.repeat(1_000)).update());
    database.write(client -> client.sql("INSERT INTO said VALUES (?)").param(secret).update());
    checkpoint();
    assertThat(bytesOfAllFiles()).contains(secret);

    database.write(client -> client.sql("UPDATE said SET text = ''").update());
    checkpoint();

    assertThat(bytesOfAllFiles()).doesNotContain(secret);
  }

  /// SQLite does it by itself after a thousand pages.
  private void checkpoint() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private String bytesOfAllFiles() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void rollsBackWhatFailed() {
    assertThatThrownBy(() ->
            database.write(client -> {
              client.sql("INSERT INTO t VALUES (1)").update();
              throw new IllegalArgumentException("on purpose");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(count()).isZero();
  }

  @Test
  void readsWhileAWriteTransactionIsOpen() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> writing =
        CompletableFuture.supplyAsync(() ->
            database.write(client -> {
              int rows = client.sql("INSERT INTO t VALUES (1)").update();
              inside.countDown();
              await(goOn);
              return rows;
            }));
    await(inside);
    assertThat(count()).as("what is not committed is not seen").isZero();
    goOn.countDown();
    assertThat(writing.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void holdsNoLockWhileItIsIdle() throws SQLException {
    assertNoLock();
    database.write(client -> client.sql("INSERT INTO t VALUES (1)").update());
    assertNoLock();
    count();
    assertThatThrownBy(() ->
            database.write(client -> {
              client.sql("INSERT INTO t VALUES (1)").update();
              throw new IllegalArgumentException("on purpose");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertNoLock();
  }

  /// Another process could write at once.
  private void assertNoLock() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("INSERT INTO t VALUES (1)");
      statement.execute("ROLLBACK");
    }
  }

  @Test
  void keepsNothingOfATransactionThatFillsTheDiskAndWritesAgainWhenThereIsSpace() {
    assertOutage(() ->
        database.write(client -> {
          client.sql("PRAGMA max_page_count = 40").query(Integer.class).single();
          client.sql("INSERT INTO t VALUES (1)").update();
          return client.sql("INSERT INTO t VALUES (zeroblob(1000000))").update();
        }));
    assertThat(count()).isZero();
    // The limit was the connection's, and that connection is gone.
    database.write(client -> client.sql("INSERT INTO t VALUES (zeroblob(1000000))").update());
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void runsNothingAfterAStatementThatFilledTheDisk() {
    assertOutage(() ->
        database.write(client -> {
          client.sql("PRAGMA max_page_count = 40").query(Integer.class).single();
          assertThatThrownBy(() -> client.sql("INSERT INTO t VALUES (zeroblob(1000000))").update())
              .isInstanceOf(DataAccessException.class);
          // SQLite has rolled back by itself: this would be committed at once.
          return client.sql("INSERT INTO t VALUES (1)").update();
        }));
    assertThat(count()).isZero();
  }

  @Test
  void commitsNothingOfWorkThatOverlookedAnError() {
    assertThatThrownBy(() ->
            database.write(client -> {
              client.sql("INSERT INTO t VALUES (1)").update();
              assertThatThrownBy(() -> client.sql("INSERT INTO nowhere VALUES (1)").update())
                  .isInstanceOf(DataAccessException.class);
              return 0;
            }))
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(count()).isZero();
  }

  @Test
  void throwsTheFirstErrorWhenTheRollbackFailsToo() {
    IllegalArgumentException first = new IllegalArgumentException("on purpose");
    assertThatThrownBy(() ->
            database.write(client -> {
              client.sql("ROLLBACK").update();
              throw first;
            }))
        .isSameAs(first)
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    database.write(client -> client.sql("INSERT INTO t VALUES (1)").update());
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void opensAnotherConnectionAfterACommitOrARollbackThatFailed() {
    setForThisConnection(7);
    assertThatThrownBy(() -> database.write(client -> client.sql("ROLLBACK").update()))
        .as("a COMMIT without a transaction")
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(pragma("cache_size")).isNotEqualTo("7");

    setForThisConnection(7);
    assertThatThrownBy(() ->
            database.write(client -> {
              client.sql("ROLLBACK").update();
              throw new IllegalArgumentException("on purpose");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(pragma("cache_size")).isNotEqualTo("7");
  }

  private void setForThisConnection(int cacheSize) {
    database.write(client -> client.sql("PRAGMA cache_size = " + cacheSize).update());
    assertThat(pragma("cache_size")).isEqualTo(Integer.toString(cacheSize));
  }

  @Test
  void runsItsWorkOnPlatformThreadsOfItsOwn() {
    assertThat(database.<String>write(client -> Thread.currentThread().getName()))
        .startsWith("database-writer-");
    assertThat(database.<Boolean>read(client -> Thread.currentThread().isVirtual())).isFalse();
  }

  private Path file() {
    return folder.resolve("chat.db");
  }

  private static void assertOutage(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE));
  }

  private String pragma(String name) {
    return database.write(client -> client.sql("PRAGMA " + name).query(String.class).single());
  }

  private int count() {
    return database.read(
        client -> client.sql("SELECT COUNT(*) FROM t").query(Integer.class).single());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
