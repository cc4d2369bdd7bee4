package io.tercet.chat.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/// The SQLite connection of one thread; it runs each piece of work in a transaction.
///
/// It begins and ends transactions with statements of its own. The driver's manual commit begins
/// the next transaction right after the last, so an idle writer would keep the write lock. And
/// after an error that makes SQLite roll back by itself, as a full disk does, the driver would
/// begin none at all, so each later statement would commit alone.
///
/// - Errors: what fails first is thrown; a rollback that fails after it is suppressed in it. After
///   a failed commit or rollback nobody knows the state of the connection, so it is closed; the
///   next work opens another.
/// - Threading: confined to one thread.
final class SqliteConnection {

  private static final Logger log = LoggerFactory.getLogger(SqliteConnection.class);

  private final Opener opener;
  private final String begin;
  private @Nullable OpenConnection opened;

  /// Opens a connection to the file.
  interface Opener {

    Connection open() throws SQLException;
  }

  /// A writer takes the lock at the beginning: so no statement in the middle has to wait for it.
  SqliteConnection(Opener opener, boolean writes) {
    this.opener = opener;
    this.begin = writes ? "BEGIN IMMEDIATE" : "BEGIN";
  }

  <T extends @Nullable Object> T transact(Function<JdbcClient, T> work) throws SQLException {
    OpenConnection current = opened();
    boolean committing = false;
    try {
      current.begin(begin);
      T result = work.apply(current.client);
      current.throwFailure();
      committing = true;
      current.execute("COMMIT");
      return result;
    } catch (Throwable failure) {
      if (!current.rollBack(failure) || committing) {
        close();
      }
      throw failure;
    }
  }

  void close() {
    OpenConnection open = opened;
    opened = null;
    if (open != null) {
      open.close();
    }
  }

  private OpenConnection opened() throws SQLException {
    OpenConnection open = opened;
    if (open == null) {
      open = new OpenConnection(opener.open());
      opened = open;
    }
    return open;
  }

  /// An open connection, and the first failure of a statement in the current transaction.
  private static final class OpenConnection {

    private final Connection connection;
    private final JdbcClient client;
    private @Nullable SQLException failure;

    OpenConnection(Connection connection) {
      this.connection = connection;
      JdbcTemplate template = new JdbcTemplate(source());
      SQLExceptionTranslator standard = template.getExceptionTranslator();
      template.setExceptionTranslator((task, sql, exception) -> {
        failure = failure == null ? exception : failure;
        return standard.translate(task, sql, exception);
      });
      this.client = JdbcClient.create(template);
    }

    /// Gives the connection to the next statement, unless one failed. SQLite may have rolled back
    /// the transaction then, and what ran after it would be committed.
    private SingleConnectionDataSource source() {
      return new SingleConnectionDataSource(connection, true) {
        @Override
        public Connection getConnection() throws SQLException {
          throwFailure();
          return super.getConnection();
        }
      };
    }

    void begin(String statement) throws SQLException {
      failure = null;
      execute(statement);
    }

    void throwFailure() throws SQLException {
      if (failure != null) {
        throw failure;
      }
    }

    void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    boolean rollBack(Throwable cause) {
      try {
        execute("ROLLBACK");
        return true;
      } catch (SQLException e) {
        cause.addSuppressed(e);
        return false;
      }
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        log.warn("database connection not closed: {}", e.getMessage());
      }
    }
  }
}
