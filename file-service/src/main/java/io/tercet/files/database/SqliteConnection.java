package io.tercet.files.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A connection that is replaced when a commit or a rollback fails.
///
/// SQLite ends a transaction by itself when the disk is full or fails. The driver does not notice:
/// its rollback fails, and without a new BEGIN each later statement would be a transaction of its
/// own. Closing the connection undoes whatever is open, and the next transaction opens another.
///
/// - Threading: one thread at a time.
final class SqliteConnection implements AutoCloseable {
  private final DataSource source;
  private final UnaryOperator<Connection> decorator;
  private @Nullable Opened opened;

  private record Opened(Connection connection, JdbcClient client) {}

  SqliteConnection(DataSource source, UnaryOperator<Connection> decorator) throws SQLException {
    this.source = source;
    this.decorator = decorator;
    this.opened = open(source, decorator);
  }

  private static Opened open(DataSource source, UnaryOperator<Connection> decorator)
      throws SQLException {
    Connection connection = source.getConnection();
    try {
      connection.setAutoCommit(false);
      Connection decorated = decorator.apply(connection);
      return new Opened(
          decorated, JdbcClient.create(new SingleConnectionDataSource(decorated, true)));
    } catch (SQLException | RuntimeException e) {
      close(connection, e);
      throw e;
    }
  }

  /// Runs the work and commits. A failure undoes it, and reaches the caller as it is; what fails
  /// while it is undone is added to it as suppressed.
  <T extends @Nullable Object> T inTransaction(Function<JdbcClient, T> work) throws SQLException {
    Opened current = opened;
    if (current == null) {
      current = open(source, decorator);
      opened = current;
    }
    boolean worked = false;
    try {
      T result = work.apply(current.client());
      worked = true;
      current.connection().commit();
      return result;
    } catch (Throwable failure) {
      if (worked || !rolledBack(current.connection(), failure)) {
        opened = null;
        close(current.connection(), failure);
      }
      throw failure;
    }
  }

  private static boolean rolledBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException | RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  private static void close(Connection connection, Throwable failure) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws SQLException {
    Opened current = opened;
    opened = null;
    if (current != null) {
      current.connection().close();
    }
  }
}
