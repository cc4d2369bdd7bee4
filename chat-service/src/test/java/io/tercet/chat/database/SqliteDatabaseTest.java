package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void runsItsWorkOnPlatformThreadsOfItsOwn() {
    assertThat(database.<String>write(client -> Thread.currentThread().getName()))
        .startsWith("database-writer-");
    assertThat(database.<Boolean>read(client -> Thread.currentThread().isVirtual())).isFalse();
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
