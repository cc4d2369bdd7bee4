package io.tercet.chat.database;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A PostgreSQL that loses the connection before or after a commit, and the questions about it.
public final class LossyPostgres extends PostgresDatabase {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final SQLException LOST = new SQLException("the connection is lost", "08006");

  /// Whether a commit reaches the server.
  public volatile boolean committing = true;

  /// Whether the answer to a commit comes back.
  public volatile boolean answering = true;

  /// Whether the server can be asked what became of a commit.
  public volatile boolean askable = true;

  /// Whether a rollback reaches the server.
  public volatile boolean rollingBack = true;

  public LossyPostgres(String url) {
    super(
        new DatabaseSettings(url, "test", "test", 3, 3, 10, LONG, MOMENT, LONG, 10, LONG, LONG),
        new SimpleMeterRegistry());
  }

  @Override
  DataSource connections(DataSource pool) {
    return new DelegatingDataSource(pool) {
      @Override
      public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection)
            Proxy.newProxyInstance(
                LossyPostgres.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
      }
    };
  }

  private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
    boolean isCommit = method.getName().equals("commit");
    boolean isQuestion = arguments != null && arguments[0].toString().contains("RETURNING marker");
    boolean isRollback = method.getName().equals("rollback");
    if ((isCommit && !committing) || (isQuestion && !askable) || (isRollback && !rollingBack)) {
      throw LOST;
    }
    try {
      Object result = method.invoke(connection, arguments);
      if (isCommit && !answering) {
        throw LOST;
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
