package io.tercet.chat.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The SQLite connection of one thread; it runs each piece of work in a transaction.
///
/// Confined to the thread that made it.
final class SqliteConnection {

  private static final Logger log = LoggerFactory.getLogger(SqliteConnection.class);

  private final Connection connection;
  private final JdbcClient client;

  SqliteConnection(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    this.connection = connection;
    this.client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  <T extends @Nullable Object> T transact(Function<JdbcClient, T> work) throws SQLException {
    boolean committed = false;
    try {
      T result = work.apply(client);
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        connection.rollback();
      }
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
