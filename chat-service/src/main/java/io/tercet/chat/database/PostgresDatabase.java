package io.tercet.chat.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.chat.database.postgres.CommitMarkers;
import io.tercet.chat.database.postgres.Conflicts;
import io.tercet.chat.database.postgres.StartFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/// PostgreSQL behind a bounded pool of connections. Work runs on the calling thread.
///
/// A transaction that the server rolls back because of another one runs again: [Conflicts]. If the
/// server goes away during a commit, the server alone knows whether it committed. It is asked as
/// soon as it answers: [CommitMarkers].
///
/// - Bounds: [DatabaseSettings#readers] and [DatabaseSettings#writers] connections together; a
///   caller waits at most [DatabaseSettings#connectionMax] for one, and at most
///   [DatabaseSettings#answerMax] for the answer to each statement.
/// - Threading: any thread.
class PostgresDatabase implements OpenableDatabase {

  private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

  /// The oldest version that its makers still mend.
  private static final int VERSION_OLDEST = 14;

  /// The pause between two attempts to reach the server at the start.
  private static final Duration START_PERIOD = Duration.ofMillis(500);

  /// The pause between two questions about a transaction.
  private static final Duration QUESTION_PERIOD = Duration.ofMillis(100);

  private final DatabaseSettings settings;
  private final StartFailure startFailure;
  private final HikariDataSource pool;
  private final JdbcClient client;
  private final TransactionTemplate writing;
  private final Conflicts conflicts;
  private final CommitMarkers markers = new CommitMarkers();
  private final Availability readable = new Availability("read");
  private final Availability writable = new Availability("written");

  /// Throws a [StartupException] if the URL names no database.
  PostgresDatabase(DatabaseSettings settings, MeterRegistry registry) {
    this.settings = settings;
    this.startFailure = new StartFailure(settings.url(), settings.user());
    refuseIf(startFailure.ofUrl(), null);
    this.conflicts = new Conflicts(settings.conflictsMax(), settings.conflictTimeMax(), registry);
    HikariConfig config = new HikariConfig();
    config.setPoolName("postgresql");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.readers() + settings.writers());
    config.setConnectionTimeout(settings.connectionMax().toMillis());
    config.setValidationTimeout(settings.connectionMax().toMillis() / 2);
    // The pool may be created before the server runs; open() waits for the server.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", seconds(settings.connectionMax()));
    config.addDataSourceProperty("socketTimeout", seconds(settings.answerMax()));
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "tercet-chat-service");
    this.pool = new HikariDataSource(config);
    DataSource connections = connections(pool);
    this.client = JdbcClient.create(connections);
    JdbcTransactionManager transactions = transactions(connections);
    this.writing = new TransactionTemplate(transactions);
  }

  /// The connections that work uses.
  DataSource connections(DataSource pool) {
    return pool;
  }

  @Override
  public void open() {
    awaitServer();
    // Migrations have connections of their own: one may take longer than a statement of a request.
    try {
      Flyway.configure()
          .dataSource(
              new DriverManagerDataSource(settings.url(), settings.user(), settings.password()))
          .locations("classpath:db/migration/postgresql")
          .load()
          .migrate();
    } catch (FlywayException failure) {
      refuseIf(startFailure.of(failure, settings.startMax()), failure);
      throw failure;
    }
    write(client -> {
      markers.removeOld(client);
      return true;
    });
    log.info("database opened: postgresql");
  }

  /// The oldest version of the server that this accepts.
  int versionOldest() {
    return VERSION_OLDEST;
  }

  /// Waits for a server that is away, and refuses one that will not do.
  private void awaitServer() {
    Properties login = new Properties();
    login.setProperty("user", settings.user());
    login.setProperty("password", settings.password());
    login.setProperty("connectTimeout", seconds(settings.startMax()));
    login.setProperty("loginTimeout", seconds(settings.startMax()));
    long began = System.nanoTime();
    while (true) {
      try (Connection connection = DriverManager.getConnection(settings.url(), login)) {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        refuseIf(startFailure.ofVersion(version, versionOldest()), null);
        return;
      } catch (SQLException failure) {
        boolean late = System.nanoTime() - began > settings.startMax().toNanos();
        if (late || !StartFailure.mayPass(failure)) {
          refuseIf(startFailure.of(failure, settings.startMax()), failure);
          throw new IllegalStateException("the database cannot be used", failure);
        }
        log.debug("database not there yet: {}", failure.toString());
        sleep(START_PERIOD);
      }
    }
  }

  /// The line that an operator reads says all; the cause is for debugging.
  private static void refuseIf(@Nullable String whatToDo, @Nullable Exception cause) {
    if (whatToDo != null) {
      log.debug("the database cannot be used", cause);
      throw new StartupException(whatToDo);
    }
  }

  /// Not the key: rows that others insert may refer to a room that is locked.
  @Override
  public String rowLock() {
    return " FOR NO KEY UPDATE";
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    try {
      T result = conflicts.retry(() -> work.apply(client));
      readable.worked();
      return result;
    } catch (RuntimeException failure) {
      throw Outcome.exception(readable.translate(failure));
    }
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> commit(Function<JdbcClient, T> work) {
    try {
      CompletableFuture<T> outcome = conflicts.retry(() -> attempt(work));
      if (outcome.isDone()) {
        writable.worked();
      }
      return outcome;
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(writable.translate(failure));
    }
  }

  /// One transaction. Throws if it was not committed.
  private <T extends @Nullable Object> CompletableFuture<T> attempt(Function<JdbcClient, T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CommitMarkers.Marker marker = markers.take();
    try {
      writing.executeWithoutResult(status -> {
        result.complete(work.apply(client));
        markers.write(client, marker);
      });
    } catch (RuntimeException failure) {
      if (marker.isWritten() && Availability.isOutage(failure)) {
        return learn(marker, result.resultNow(), writable.translate(failure));
      }
      markers.release(marker);
      throw failure;
    }
    markers.release(marker);
    return result;
  }

  @Override
  public void close() {
    pool.close();
    log.info("database closed");
  }

  /// If a rollback fails, the caller needs the error before it. Nobody knows the state of the
  /// connection then, so it is cut: to return it to the pool would switch on its auto-commit, and
  /// that commits what was not rolled back.
  private static JdbcTransactionManager transactions(DataSource connections) {
    return new JdbcTransactionManager(connections) {
      @Override
      protected void doRollback(DefaultTransactionStatus status) {
        try {
          super.doRollback(status);
        } catch (RuntimeException e) {
          log.debug("transaction not rolled back: {}", e.toString());
          cut((JdbcTransactionObjectSupport) status.getTransaction());
        }
      }
    };
  }

  private static void cut(JdbcTransactionObjectSupport transaction) {
    try {
      transaction.getConnectionHolder().getConnection().abort(Runnable::run);
    } catch (SQLException e) {
      log.warn("database connection not cut: {}", e.getMessage());
    }
  }

  /// Asks what became of a transaction until the server says it, and waits a moment for the answer.
  private <T extends @Nullable Object> CompletableFuture<T> learn(
      CommitMarkers.Marker marker, T result, Throwable lost) {
    log.warn("commit not answered: marker={}", marker);
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofVirtual().name("commit-" + marker).start(() -> learn(marker, result, lost, outcome));
    try {
      outcome.get(settings.connectionMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The future tells it.
      return outcome;
    }
    return outcome;
  }

  private <T extends @Nullable Object> void learn(
      CommitMarkers.Marker marker, T result, Throwable lost, CompletableFuture<T> outcome) {
    while (!pool.isClosed()) {
      sleep(QUESTION_PERIOD);
      try {
        boolean committed = conflicts.retry(() -> markers.isCommitted(client, marker));
        markers.release(marker);
        log.info("commit answered late: marker={} committed={}", marker, committed);
        if (committed) {
          outcome.complete(result);
        } else {
          outcome.completeExceptionally(lost);
        }
        return;
      } catch (RuntimeException unanswered) {
        log.debug("no answer about a commit: {}", unanswered.toString());
      }
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }

  /// The driver counts in whole seconds; 0 would mean for ever.
  private static String seconds(Duration limit) {
    return Long.toString(Math.max(1, limit.toSeconds()));
  }
}
