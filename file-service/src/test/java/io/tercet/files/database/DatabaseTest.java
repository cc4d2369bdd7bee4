package io.tercet.files.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import org.sqlite.SQLiteErrorCode;

/// A database whose disk fills up or fails.
class DatabaseTest {
  private static final DatabaseSettings SETTINGS =
      new DatabaseSettings(
          2, 10, Duration.ofMillis(200), Duration.ofMillis(100), DataSize.ofKilobytes(64));
  private static final int ENOUGH_PAGES = 1_000_000;

  @TempDir private Path folder;
  private final FaultyConnections faults = new FaultyConnections();
  private final AtomicInteger pagesMax = new AtomicInteger(ENOUGH_PAGES);
  private Database database;

  @BeforeEach
  void open() {
    UnaryOperator<Connection> limit = this::limited;
    database = Database.open(folder, SETTINGS, raw -> faults.apply(limit.apply(raw)));
    database.write(jdbc -> jdbc.sql("create table thing (name text, filler blob)").update());
  }

  private Connection limited(Connection raw) {
    try {
      try (Statement pragma = raw.createStatement()) {
        pragma.execute("pragma max_page_count = " + pagesMax.get());
      }
      raw.rollback(); // otherwise the first transaction would see the tables of now
      return raw;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private int things() {
    return database.read(
        jdbc -> jdbc.sql("select count(*) from thing").query(Integer.class).single());
  }

  private static int add(JdbcClient jdbc, String name, int bytes) {
    return jdbc.sql("insert into thing values (?, zeroblob(?))").params(name, bytes).update();
  }

  private void limitPages(int pages) {
    pagesMax.set(pages);
    database.write(
        jdbc -> jdbc.sql("pragma max_page_count = " + pages).query(Integer.class).single());
  }

  @Test
  void undoesAllOfATransactionForWhichThereIsNoRoomAndGoesOn() {
    int pages = database.read(jdbc -> jdbc.sql("pragma page_count").query(Integer.class).single());
    limitPages(pages + 2);

    assertThatThrownBy(() ->
            database.write(jdbc -> {
              add(jdbc, "small", 1);
              return add(jdbc, "large", 1_000_000);
            }))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.STORAGE_FULL))
        .hasStackTraceContaining("SQLITE_FULL");
    assertThat(things()).isZero();

    database.write(jdbc -> add(jdbc, "fits", 1));
    assertThatThrownBy(() ->
            database.write(jdbc -> {
              add(jdbc, "undone", 1);
              throw new IllegalStateException("the work's own");
            }))
        .hasMessage("the work's own");
    assertThat(things()).isEqualTo(1);
  }

  @Test
  void probesByWritingARow() {
    database.probe();
    int pages = database.read(jdbc -> jdbc.sql("pragma page_count").query(Integer.class).single());
    limitPages(pages);
    database.write(jdbc -> add(jdbc, "uses what the probe freed", 8192));

    assertThatThrownBy(database::probe)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.STORAGE_FULL));

    limitPages(ENOUGH_PAGES);
    database.probe();
  }

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      names = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_BUSY"})
  void takesNoEffectWhenAStatementOrTheCommitFails(SQLiteErrorCode code) {
    for (int n = 1; n <= 3; n++) {
      faults.failAt(n, code);
      assertThatThrownBy(() ->
              database.write(jdbc -> {
                add(jdbc, "first", 1);
                return add(jdbc, "second", 1);
              }))
          .as("statement %d", n)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e ->
                  assertThat(e.type())
                      .isEqualTo(
                          code == SQLiteErrorCode.SQLITE_FULL
                              ? ProblemType.STORAGE_FULL
                              : ProblemType.SERVICE_UNAVAILABLE))
          .hasStackTraceContaining("injected");
      assertThat(faults.disarm()).isTrue();
      assertThat(things()).isZero();
    }
    database.write(jdbc -> add(jdbc, "works", 1));
    assertThat(things()).isEqualTo(1);
  }

  @Test
  void givesUpItsBallastForADeletion() {
    database.write(jdbc -> add(jdbc, "old", 1));
    Path ballast = folder.resolve("ballast");
    assertThat(ballast).hasSize(SETTINGS.ballast().toBytes());

    faults.failAt(1, SQLiteErrorCode.SQLITE_FULL);
    database.writeToFree(jdbc -> jdbc.sql("delete from thing").update());

    assertThat(ballast).doesNotExist();
    assertThat(things()).isZero();
    database.probe();
    assertThat(ballast).hasSize(SETTINGS.ballast().toBytes());
  }

  @Test
  void keepsItsBallastWhenSomethingElseFindsTheDiskFull() {
    database.probe();
    faults.failAt(1, SQLiteErrorCode.SQLITE_FULL);

    assertThatThrownBy(() -> database.write(jdbc -> add(jdbc, "new", 1)))
        .isInstanceOf(ProblemException.class);

    assertThat(Files.exists(folder.resolve("ballast"))).isTrue();
  }

  @Test
  void refusesATransactionWhoseTurnDoesNotCome() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> slow =
        CompletableFuture.supplyAsync(() ->
            database.write(jdbc -> {
              begun.countDown();
              awaitUninterruptibly(goOn);
              return add(jdbc, "slow", 1);
            }));
    begun.await();

    assertThatThrownBy(() -> database.write(jdbc -> add(jdbc, "impatient", 1)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE);
              assertThat(e.retryAfter()).isPositive();
            });

    goOn.countDown();
    assertThat(slow.join()).isEqualTo(1); // though it took longer than a turn may
    database.write(jdbc -> add(jdbc, "patient", 1));
    assertThat(things()).isEqualTo(2);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
