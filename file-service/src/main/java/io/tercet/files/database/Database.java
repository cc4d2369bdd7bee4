package io.tercet.files.database;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One SQLite file. WAL and `synchronous=FULL`: a committed transaction survives a power failure.
///
/// A native call of SQLite pins the carrier of a virtual thread. So SQL runs only on platform
/// threads: one that writes (SQLite allows one writer) and a few that read. The caller waits on a
/// future.
///
/// - Threading: safe. Work must use the client that it receives, on the thread that calls it.
/// - Errors: an exception of the work rolls its transaction back and reaches the caller unchanged.
///   A full queue is `service-unavailable`, a full disk `storage-full`.
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final ThreadPoolExecutor writerThread;
  private final ThreadPoolExecutor readerThreads;
  private final BlockingQueue<DatabaseConnection> readers;
  private final DatabaseConnection writer;
  private final List<DatabaseConnection> connections = new ArrayList<>();

  private Database(SQLiteDataSource source, DatabaseSettings settings) {
    this.writer = open(source);
    this.readers = new ArrayBlockingQueue<>(settings.readers());
    for (int i = 0; i < settings.readers(); i++) {
      readers.add(open(source));
    }
    this.writerThread = threadPool("database-writer", 1, settings.queueMax());
    this.readerThreads = threadPool("database-reader-", settings.readers(), settings.queueMax());
  }

  /// Opens the file; makes it and migrates its tables first.
  public static Database open(Path file, DatabaseSettings settings) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(settings.busyTimeout().toMillis()));
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    return new Database(source, settings);
  }

  /// Runs the work in one transaction and returns when it is on disk.
  public <T extends @Nullable Object> T write(Function<JdbcClient, T> work) {
    return await(writerThread, () -> writer.inTransaction(work));
  }

  /// Runs work that only reads, on one snapshot.
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    return await(
        readerThreads,
        () -> {
          DatabaseConnection reader = readers.take();
          try {
            return reader.inTransaction(work);
          } finally {
            readers.add(reader);
          }
        });
  }

  private interface Work<T extends @Nullable Object> {
    T run() throws SQLException, InterruptedException;
  }

  private static <T extends @Nullable Object> T await(ThreadPoolExecutor pool, Work<T> work) {
    Future<T> result;
    try {
      result = pool.submit(work::run);
    } catch (RejectedExecutionException e) {
      throw ProblemException.retry(
          ProblemType.SERVICE_UNAVAILABLE,
          "Too much waits for the database.",
          Duration.ofSeconds(1));
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    } catch (ExecutionException e) {
      throw translated(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RuntimeException translated(Throwable cause) {
    if (isFull(cause)) {
      return ProblemException.causedBy(cause, ProblemType.STORAGE_FULL, "The disk is full.");
    }
    return cause instanceof RuntimeException surprise
        ? surprise
        : new IllegalStateException("the database failed", cause);
  }

  private static boolean isFull(Throwable cause) {
    Throwable root = cause instanceof DataAccessException e ? e.getMostSpecificCause() : cause;
    return root instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
  }

  private DatabaseConnection open(SQLiteDataSource source) {
    try {
      Connection connection = source.getConnection();
      connection.setAutoCommit(false);
      DatabaseConnection opened = new DatabaseConnection(connection);
      connections.add(opened);
      return opened;
    } catch (SQLException e) {
      throw new IllegalStateException("the database cannot be opened", e);
    }
  }

  private static ThreadPoolExecutor threadPool(String name, int count, int queueMax) {
    return new ThreadPoolExecutor(
        count,
        count,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(queueMax),
        Thread.ofPlatform().name(name, 0).factory());
  }

  /// Waits at most 5 s for the accepted work, then closes the file.
  @Override
  public void close() throws InterruptedException, SQLException {
    writerThread.shutdown();
    readerThreads.shutdown();
    if (!writerThread.awaitTermination(5, TimeUnit.SECONDS)) {
      log.warn("database closed before all transactions were done");
    }
    for (DatabaseConnection opened : connections) {
      opened.connection().close();
    }
  }

  private record DatabaseConnection(Connection connection, JdbcClient client) {
    DatabaseConnection(Connection connection) {
      this(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
    }

    <T extends @Nullable Object> T inTransaction(Function<JdbcClient, T> work) throws SQLException {
      boolean done = false;
      try {
        T result = work.apply(client);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
      }
    }
  }
}
