package io.tercet.chat.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Makes one statement of the service fail as a broken disk would, counted from the moment when it
/// is armed. BEGIN and COMMIT are statements, too.
///
/// Threading: guarded by itself.
public final class FaultInjector {

  private Fault fault = Fault.FULL;
  private int left;
  private boolean full;
  private Consumer<String> watcher = sql -> {};

  /// How a statement fails. SQLite rolls back by itself after some errors, and not after others.
  public enum Fault {
    FULL(SQLiteErrorCode.SQLITE_FULL, false),
    FULL_AND_ROLLED_BACK(SQLiteErrorCode.SQLITE_FULL, true),
    IO_ERROR(SQLiteErrorCode.SQLITE_IOERR_WRITE, false),
    IO_ERROR_AND_ROLLED_BACK(SQLiteErrorCode.SQLITE_IOERR_FSYNC, true);

    private final SQLiteErrorCode code;
    private final boolean rollsBack;

    Fault(SQLiteErrorCode code, boolean rollsBack) {
      this.code = code;
      this.rollsBack = rollsBack;
    }
  }

  /// Lets the statement of this number fail; the next one is number 1.
  public synchronized void arm(int statement, Fault next) {
    left = statement;
    fault = next;
  }

  /// Lets no statement fail any more; whether one did.
  public synchronized boolean disarm() {
    boolean failed = left <= 0;
    left = 0;
    return failed;
  }

  /// Lets every statement that writes fail, or none any more.
  public synchronized void fill(boolean isFull) {
    full = isFull;
  }

  /// Learns of each statement before it runs, on its thread.
  public synchronized void watch(Consumer<String> next) {
    watcher = next;
  }

  Connection wrap(Connection connection) {
    return wrap(Connection.class, connection, connection);
  }

  private <T> T wrap(Class<T> type, T target, Connection connection) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultInjector.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(method, target, arguments, connection)));
  }

  private Object call(Method method, Object target, Object[] arguments, Connection connection)
      throws Throwable {
    if (target instanceof Statement && method.getName().startsWith("execute")) {
      beforeStatement(arguments == null ? target.toString() : (String) arguments[0], connection);
    }
    try {
      Object result = method.invoke(target, arguments);
      return Statement.class.isAssignableFrom(method.getReturnType())
          ? wrapStatement(method.getReturnType(), result, connection)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private <T> T wrapStatement(Class<T> type, Object statement, Connection connection) {
    return wrap(type, type.cast(statement), connection);
  }

  private synchronized void beforeStatement(String sql, Connection connection) throws SQLException {
    watcher.accept(sql);
    if (full && (sql.startsWith("INSERT") || sql.startsWith("UPDATE"))) {
      throw new SQLiteException("injected before: " + sql, Fault.FULL.code);
    }
    if (left > 0 && --left == 0) {
      left = -1;
      if (fault.rollsBack && !connection.isClosed()) {
        try (Statement rollback = connection.createStatement()) {
          rollback.execute("ROLLBACK");
        } catch (SQLException noTransaction) {
          // BEGIN itself fails.
        }
      }
      throw new SQLiteException("injected before: " + sql, fault.code);
    }
  }
}
