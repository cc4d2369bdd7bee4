package io.tercet.chat.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
/// If the server goes away during a commit, the server alone knows whether it committed. Each
/// transaction that writes therefore notes its id, and the server is asked for its state as soon as
/// it answers: `pg_xact_status`.
///
/// - Bounds: [DatabaseSettings#readers] and [DatabaseSettings#writers] connections together; a
///   caller waits at most [DatabaseSettings#connectionMax] for one, and at most
///   [DatabaseSettings#answerMax] for the answer to each statement.
/// - Threading: any thread.
class PostgresDatabase implements OpenableDatabase {

  private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

  /// Flyway's pause between attempts to connect, seconds.
  private static final int RETRY_SECONDS = 2;

  /// The pause between two questions about a transaction.
  private static final Duration QUESTION_PERIOD = Duration.ofMillis(100);

  private final DatabaseSettings settings;
  private final HikariDataSource pool;
  private final JdbcClient client;
  private final TransactionTemplate reading;
  private final TransactionTemplate writing;
  private final Availability readable = new Availability("read");
  private final Availability writable = new Availability("written");

  PostgresDatabase(DatabaseSettings settings) {
    this.settings = settings;
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
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.writing = new TransactionTemplate(transactions);
  }

  /// The connections that work uses.
  DataSource connections(DataSource pool) {
    return pool;
  }

  @Override
  public void open() {
    // Migrations have connections of their own: one may take longer than a statement of a request.
    Flyway.configure()
        .dataSource(
            new DriverManagerDataSource(settings.url(), settings.user(), settings.password()))
        .locations("classpath:db/migration/postgresql")
        .connectRetries((int) (settings.startMax().toSeconds() / RETRY_SECONDS))
        .connectRetriesInterval(RETRY_SECONDS)
        .load()
        .migrate();
    log.info("database opened: postgresql");
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  @SuppressWarnings("NullAway") // The template returns what the work returned.
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    try {
      T result = reading.execute(status -> work.apply(client));
      readable.worked();
      return result;
    } catch (RuntimeException failure) {
      throw Outcome.exception(readable.translate(failure));
    }
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> commit(Function<JdbcClient, T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletableFuture<@Nullable String> transactionId = new CompletableFuture<>();
    try {
      writing.executeWithoutResult(status -> {
        result.complete(work.apply(client));
        transactionId.complete(transactionId());
      });
      writable.worked();
      return result;
    } catch (RuntimeException failure) {
      Throwable cause = writable.translate(failure);
      String id = transactionId.getNow(null);
      return id != null && Availability.isOutage(failure)
          ? learn(id, result.resultNow(), cause)
          : CompletableFuture.failedFuture(cause);
    }
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

  /// The id of this transaction; null if it wrote nothing.
  private @Nullable String transactionId() {
    return client
        .sql("SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT)")
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /// Asks what became of a transaction until the server says it, and waits a moment for the answer.
  private <T extends @Nullable Object> CompletableFuture<T> learn(
      String transactionId, T result, Throwable lost) {
    log.warn("commit not answered: transactionId={}", transactionId);
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("transaction-" + transactionId)
        .start(() -> learn(transactionId, result, lost, outcome));
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
      String transactionId, T result, Throwable lost, CompletableFuture<T> outcome) {
    String state = "in progress";
    while (state.equals("in progress") && !pool.isClosed()) {
      state = state(transactionId);
    }
    if (pool.isClosed()) {
      return;
    }
    log.info("commit answered late: transactionId={} state={}", transactionId, state);
    if (state.equals("committed")) {
      outcome.complete(result);
    } else {
      outcome.completeExceptionally(lost);
    }
  }

  private String state(String transactionId) {
    try {
      Thread.sleep(QUESTION_PERIOD);
      return client
          .sql("SELECT COALESCE(pg_xact_status(CAST(? AS xid8)), 'forgotten')")
          .param(transactionId)
          .query(String.class)
          .single();
    } catch (RuntimeException away) {
      return Availability.isOutage(away) ? "in progress" : "unknown to this server";
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /// The driver counts in whole seconds; 0 would mean for ever.
  private static String seconds(Duration limit) {
    return Long.toString(Math.max(1, limit.toSeconds()));
  }
}
