package io.tercet.chat.database;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// SQLite in one file: one writer, a few readers, each a platform thread with its own connection.
///
/// A native call pins the carrier of a virtual thread. So callers do not enter SQLite; they wait
/// for a future. With the write-ahead log readers see the last commit and do not wait for the
/// writer. There is only one writer, so it never waits for a lock.
///
/// - Exclusive: one process uses the file, see [SqliteFile].
/// - Durability: `journal_mode=WAL` with `synchronous=FULL`; a commit returns after fsync.
/// - Bounds: each queue holds [DatabaseSettings#queueMax]; a caller waits at most
///   [DatabaseSettings#waitMax]. Then work that did not begin is withdrawn, and never happens.
/// - Threading: any thread may call [#read] and [#write], except the database's own.
class SqliteDatabase implements OpenableDatabase {

  private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final String PREFIX = "jdbc:sqlite:";

  /// How long a connection waits for a lock that another process holds, milliseconds.
  private static final int BUSY_TIMEOUT_MS = 5_000;

  private final DatabaseSettings settings;
  private final Path file;
  private final ThreadPoolExecutor writer;
  private final ThreadPoolExecutor readers;
  private final Availability writing = new Availability("written");
  private final Availability reading = new Availability("read");
  private @Nullable SqliteFile held;

  /// One connection for each thread of the two pools; the threads end with this object.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable SqliteConnection> connection = new ThreadLocal<>();

  SqliteDatabase(DatabaseSettings settings) {
    this.settings = settings;
    this.file = Path.of(settings.url().substring(PREFIX.length())).toAbsolutePath().normalize();
    SqliteFile.makeFolder(file);
    SqliteLibrary.place(file.resolveSibling("."));
    this.writer = pool("database-writer-", 1, true);
    this.readers = pool("database-reader-", settings.readers(), false);
  }

  @Override
  public void open() {
    held = SqliteFile.open(file);
    SqliteLibrary.removeLeftovers(file.resolveSibling("."));
    migrate();
    log.info("database opened: sqlite {}", file);
  }

  /// What an operator can mend is said in a line.
  private void migrate() {
    try {
      Flyway.configure()
          .dataSource(source())
          .locations("classpath:db/migration/sqlite")
          .load()
          .migrate();
    } catch (FlywayException failed) {
      if (Availability.isOutage(failed)) {
        throw new StartupException(
            "%s cannot be opened: %s"
                .formatted(file, NestedExceptionUtils.getMostSpecificCause(failed).getMessage()));
      }
      throw failed;
    }
  }

  @Override
  public String rowLock() {
    return "";
  }

  @Override
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    return Outcome.result(run(false, work), ProblemType.SERVICE_UNAVAILABLE);
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> commit(Function<JdbcClient, T> work) {
    return run(true, work);
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
      if (done && held != null) {
        held.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.debug("the lock of the database ends with the process: {}", e.toString());
    }
  }

  /// Opens a connection for one thread.
  Connection connect() throws SQLException {
    return source().getConnection();
  }

  /// Runs work on one of the database's threads. The future is complete unless the work began and
  /// takes longer than a caller waits.
  private <T extends @Nullable Object> CompletableFuture<T> run(
      boolean writes, Function<JdbcClient, T> work) {
    ThreadPoolExecutor pool = writes ? writer : readers;
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Runnable task = () -> transact(writes, work, outcome);
    try {
      pool.execute(task);
    } catch (RejectedExecutionException full) {
      return refused("The database is busy.");
    }
    try {
      outcome.get(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException known) {
      return outcome;
    } catch (TimeoutException e) {
      return pool.remove(task) ? refused("The database takes too long.") : outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return pool.remove(task) ? refused("Interrupted while waiting.") : outcome;
    }
    return outcome;
  }

  /// Whatever fails, the caller learns it and the thread goes on.
  private <T extends @Nullable Object> void transact(
      boolean writes, Function<JdbcClient, T> work, CompletableFuture<T> outcome) {
    Availability availability = writes ? writing : reading;
    try {
      SqliteConnection own = connection.get();
      if (own == null) {
        own = new SqliteConnection(this::connect, writes);
        connection.set(own);
      }
      T result = own.transact(work);
      availability.worked();
      outcome.complete(result);
    } catch (Throwable failure) {
      outcome.completeExceptionally(availability.translate(failure));
    }
  }

  private static <T extends @Nullable Object> CompletableFuture<T> refused(String detail) {
    return CompletableFuture.failedFuture(
        new ProblemException(ProblemType.SERVICE_UNAVAILABLE, detail));
  }

  private SQLiteDataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    // What people delete is overwritten, and not only free to be.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
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
