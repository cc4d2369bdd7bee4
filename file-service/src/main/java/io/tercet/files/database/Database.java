package io.tercet.files.database;

import io.tercet.files.datafolder.OwnerOnly;
import io.tercet.files.datafolder.StartupException;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// One SQLite file. WAL and `synchronous=FULL`: a committed transaction survives a power failure.
///
/// A native call of SQLite pins the carrier of a virtual thread. So SQL runs only on platform
/// threads: one that writes (SQLite allows one writer) and a few that read. The caller waits on a
/// future.
///
/// - Threading: safe. Work must use the client that it receives, on the thread that calls it.
/// - Errors: an exception of the work rolls its transaction back and reaches the caller unchanged.
///   A full disk is `storage-full`. A full queue, a turn that does not come within
///   [DatabaseSettings#waitMax], and a file that cannot be read or written are
///   `service-unavailable`. After each of them nothing was changed.
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /// Bytes of the row that a probe writes: more than one page of SQLite.
  private static final int PROBE_BYTES = 8192;

  private final DatabaseSettings settings;
  private final ThreadPoolExecutor writerThread;
  private final ThreadPoolExecutor readerThreads;
  private final BlockingQueue<SqliteConnection> readers;
  private final SqliteConnection writer;
  private final Ballast ballast;
  private final List<SqliteConnection> connections = new ArrayList<>();

  private Database(
      SQLiteDataSource source,
      Ballast ballast,
      DatabaseSettings settings,
      UnaryOperator<Connection> decorator) {
    this.settings = settings;
    this.ballast = ballast;
    this.writer = open(source, decorator);
    this.readers = new ArrayBlockingQueue<>(settings.readers());
    for (int i = 0; i < settings.readers(); i++) {
      readers.add(open(source, decorator));
    }
    this.writerThread = threadPool("database-writer", 1, settings.queueMax());
    this.readerThreads = threadPool("database-reader-", settings.readers(), settings.queueMax());
  }

  /// Opens `catalog.db` in a folder; makes it and migrates its tables first.
  static Database open(
      Path folder, DatabaseSettings settings, UnaryOperator<Connection> decorator) {
    Path file = folder.resolve("catalog.db");
    SqliteLibrary.place(folder);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(settings.busyTimeout().toMillis()));
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    migrate(file, source);
    Ballast ballast = new Ballast(folder, settings.ballast().toBytes());
    return new Database(source, ballast, settings, decorator);
  }

  /// What an operator can mend is said in a line. What SQLite makes beside the file has its
  /// permissions.
  private static void migrate(Path file, SQLiteDataSource source) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(file, OwnerOnly.FILE);
      }
      Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    } catch (IOException e) {
      throw new StartupException(file + " cannot be made: " + e);
    } catch (FlywayException e) {
      if (SqliteFailure.of(e) == SqliteFailure.OTHER) {
        throw e;
      }
      throw new StartupException(
          "%s cannot be opened: %s"
              .formatted(file, NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
    }
  }

  /// Runs the work in one transaction and returns when it is on disk.
  ///
  /// - Errors: `storage-full` also while the ballast is given up.
  public <T extends @Nullable Object> T write(Function<JdbcClient, T> work) {
    return await(
        writerThread,
        () -> {
          if (!ballast.ensure()) {
            throw new ProblemException(ProblemType.STORAGE_FULL, "Delete something first.");
          }
          return writer.inTransaction(work);
        });
  }

  /// Like [#write], for work that deletes. On a full disk it runs once more with the space of the
  /// ballast.
  public <T extends @Nullable Object> T writeToFree(Function<JdbcClient, T> work) {
    return await(
        writerThread,
        () -> {
          try {
            return writer.inTransaction(work);
          } catch (SQLException | RuntimeException e) {
            if (SqliteFailure.of(e) == SqliteFailure.FULL && ballast.giveUp()) {
              return writer.inTransaction(work);
            }
            throw e;
          }
        });
  }

  /// Returns if a row can be written, and leaves none.
  public void probe() {
    write(jdbc -> {
      jdbc.sql("insert into probe (filler) values (zeroblob(?))").param(PROBE_BYTES).update();
      return jdbc.sql("delete from probe").update();
    });
  }

  /// Runs work that only reads, on one snapshot.
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    return await(
        readerThreads,
        () -> {
          SqliteConnection reader = readers.take();
          try {
            return reader.inTransaction(work);
          } finally {
            readers.add(reader);
          }
        });
  }

  private <T extends @Nullable Object> T await(ThreadPoolExecutor pool, Callable<T> work) {
    AtomicBoolean taken = new AtomicBoolean();
    Future<T> result;
    try {
      result = pool.submit(() -> begin(taken, work));
    } catch (RejectedExecutionException e) {
      throw unavailable("Too much waits for the database.", e);
    }
    try {
      return get(result, taken);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    } catch (ExecutionException e) {
      throw translated(e.getCause() == null ? e : e.getCause());
    }
  }

  /// Waits for the turn of the work, and then for its end: what has begun is not given up, since
  /// nobody would know whether it was committed.
  private <T extends @Nullable Object> T get(Future<T> result, AtomicBoolean taken)
      throws InterruptedException, ExecutionException {
    try {
      return result.get(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (taken.compareAndSet(false, true)) {
        throw unavailable("The database is busy.", e);
      }
      return result.get();
    }
  }

  private static <T extends @Nullable Object> T begin(AtomicBoolean taken, Callable<T> work)
      throws Exception {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException("given up before its turn came"); // nobody waits for this
    }
    return work.call();
  }

  private static RuntimeException translated(Throwable cause) {
    return switch (SqliteFailure.of(cause)) {
      case FULL -> ProblemException.causedBy(cause, ProblemType.STORAGE_FULL, "The disk is full.");
      case UNAVAILABLE -> unavailable("The database cannot be used now.", cause);
      case OTHER ->
          cause instanceof RuntimeException surprise
              ? surprise
              : new IllegalStateException("the database failed", cause);
    };
  }

  private static ProblemException unavailable(String detail, Throwable cause) {
    return ProblemException.retryCausedBy(
        cause, ProblemType.SERVICE_UNAVAILABLE, detail, RETRY_AFTER);
  }

  private SqliteConnection open(SQLiteDataSource source, UnaryOperator<Connection> decorator) {
    try {
      SqliteConnection opened = new SqliteConnection(source, decorator);
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
    for (SqliteConnection opened : connections) {
      opened.close();
    }
  }
}
