package io.tercet.files.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A connection that tells an observer of each statement, and of each commit, before it runs.
final class InterceptedConnection {

  interface Observer {
    /// `sql` is "commit" for a commit. An exception takes the place of the statement.
    void beforeExecution(Connection raw, String sql) throws SQLException;
  }

  private InterceptedConnection() {}

  static Connection of(Connection raw, Observer observer) {
    return proxy(
        Connection.class,
        raw,
        (method, arguments) -> {
          if (method.getName().equals("commit")) {
            observer.beforeExecution(raw, "commit");
          }
          Object result = call(raw, method, arguments);
          return result instanceof PreparedStatement statement && arguments != null
              ? statement(raw, statement, (String) arguments[0], observer)
              : result;
        });
  }

  private static PreparedStatement statement(
      Connection raw, PreparedStatement statement, String sql, Observer observer) {
    return proxy(
        PreparedStatement.class,
        statement,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            observer.beforeExecution(raw, sql);
          }
          return call(statement, method, arguments);
        });
  }

  private interface Calls {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> calls.call(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
