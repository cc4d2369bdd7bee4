package io.tercet.chat.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// PostgreSQL behind a bounded pool of connections. Work runs on the calling thread.
///
/// - Bounds: [DatabaseSettings#readers] and [DatabaseSettings#writers] connections together; a
///   caller waits at most [DatabaseSettings#waitMax] for one.
/// - Threading: any thread.
final class PostgresDatabase implements OpenableDatabase {

  private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

  /// Flyway's pause between attempts to connect, seconds.
  private static final int RETRY_SECONDS = 2;

  private final HikariDataSource pool;
  private final JdbcClient client;
  private final TransactionTemplate reading;
  private final TransactionTemplate writing;
  private final Duration startMax;

  PostgresDatabase(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("postgresql");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.readers() + settings.writers());
    config.setConnectionTimeout(settings.waitMax().toMillis());
    // The pool may be created before the server runs; open() waits for the server.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "tercet-chat-service");
    this.pool = new HikariDataSource(config);
    this.client = JdbcClient.create(pool);
    JdbcTransactionManager transactions = new JdbcTransactionManager(pool);
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.writing = new TransactionTemplate(transactions);
    this.startMax = settings.startMax();
  }

  @Override
  public void open() {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration/postgresql")
        .connectRetries((int) (startMax.toSeconds() / RETRY_SECONDS))
        .connectRetriesInterval(RETRY_SECONDS)
        .load()
        .migrate();
    log.info("database opened: postgresql");
  }

  @Override
  public <T extends @Nullable Object> T read(Function<JdbcClient, T> work) {
    return transact(reading, work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<JdbcClient, T> work) {
    return transact(writing, work);
  }

  @Override
  public void close() {
    pool.close();
    log.info("database closed");
  }

  @SuppressWarnings("NullAway") // The template returns what the work returned.
  private <T extends @Nullable Object> T transact(
      TransactionTemplate template, Function<JdbcClient, T> work) {
    try {
      return template.execute(status -> work.apply(client));
    } catch (CannotCreateTransactionException | CannotGetJdbcConnectionException e) {
      log.warn("database not reached: {}", e.getMessage());
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The database is not answering.");
    }
  }
}
