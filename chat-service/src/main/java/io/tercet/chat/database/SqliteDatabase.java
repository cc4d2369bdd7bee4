package io.tercet.chat.database;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// SQLite in one file: one writer, a few readers, each a platform thread with its own connection.
///
/// A native call pins the carrier of a virtual thread. So callers do not enter SQLite; they wait
/// for a future. With the write-ahead log readers see the last commit and do not wait for the
/// writer. There is only one writer, so it never waits for a lock.
///
/// - Durability: `journal_mode=WAL` with `synchronous=FULL`; a commit returns after fsync.
/// - Bounds: each queue holds [DatabaseSettings#queueMax]; a caller waits at most
///   [DatabaseSettings#waitMax]. A write whose caller gave up may still happen.
/// - Threading: any thread may call [#read] and [#write], except the database's own.
final class SqliteDatabase implements OpenableDatabase {

  private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final String PREFIX = "jdbc:sqlite:";

  /// How long a connection waits for a lock that another process holds, milliseconds.
  private static final int BUSY_TIMEOUT_MS = 5_000;

  private final DatabaseSettings settings;
  private final ThreadPoolExecutor writer;
  private final ThreadPoolExecutor readers;

  /// One connection for each thread of the two pools; the threads end with this object.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable SqliteConnection> connection = new ThreadLocal<>();

  SqliteDatabase(DatabaseSettings settings) {
    this.settings = settings;
    this.writer = pool("database-writer-", 1, true);
    this.readers = pool("database-reader-", settings.readers(), false);
  }

  @Override
  public void open() {
    Path file = Path.of(settings.url().substring(PREFIX.length())).toAbsolutePath();
    Path folder = file.resolveSibling(".").normalize();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the data folder " + folder, e);
    }
    // The driver unpacks its native library beside the data: /tmp may be mounted noexec.
    if (System.getProperty("org.sqlite.tmpdir") == null) {
      System.setProperty("org.sqlite.tmpdir", folder.toString());
    }
    Flyway.configure()
        .dataSource(source(false))
        .locations("classpath:db/migration/sqlite")
        .load()
        .migrate();
    log.info("database opened: sqlite {}", file);
  }

  @Override
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    return await(submit(readers, false, work));
  }

  @Override
  public <T extends @Nullable Object> T write(Function<JdbcClient, T> work) {
    return await(submit(writer, true, work));
  }

  @Override
  public void close() {
    writer.shutdown();
    readers.shutdown();
    try {
      boolean done =
          writer.awaitTermination(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS)
              && readers.awaitTermination(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
      log.info("database closed: {}", done ? "all work done" : "work was left");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends @Nullable Object> Future<T> submit(
      ThreadPoolExecutor pool, boolean writes, Function<JdbcClient, T> work) {
    try {
      return pool.submit(() -> connection(writes).transact(work));
    } catch (RejectedExecutionException full) {
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The database is busy.");
    }
  }

  private SqliteConnection connection(boolean writes) throws SQLException {
    SqliteConnection own = connection.get();
    if (own == null) {
      own = new SqliteConnection(source(!writes).getConnection());
      connection.set(own);
    }
    return own;
  }

  private <T extends @Nullable Object> T await(Future<T> future) {
    try {
      return future.get(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("work on the database failed", e.getCause());
    } catch (TimeoutException e) {
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The database takes too long.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "Interrupted while waiting.");
    }
  }

  private SQLiteDataSource source(boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.setTransactionMode(
        readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(settings.url());
    return source;
  }

  private ThreadPoolExecutor pool(String role, int threads, boolean closesOnExit) {
    AtomicInteger number = new AtomicInteger(1);
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(settings.queueMax()),
        task ->
            Thread.ofPlatform()
                .name(role + number.getAndIncrement())
                .daemon(!closesOnExit)
                .unstarted(() -> runAndClose(task)));
  }

  private void runAndClose(Runnable task) {
    try {
      task.run();
    } finally {
      SqliteConnection own = connection.get();
      if (own != null) {
        own.close();
      }
    }
  }
}
