package io.tercet.files.database;

import java.lang.StackWalker.StackFrame;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Connections that note each statement, and the method of the service that runs it.
public final class RecordedStatements implements UnaryOperator<Connection> {
  private final Map<String, Set<String>> statements = new ConcurrentHashMap<>();

  @Override
  public Connection apply(Connection raw) {
    return InterceptedConnection.of(raw, (_, sql) -> record(sql));
  }

  private void record(String sql) {
    StackWalker.getInstance()
        .walk(frames ->
            frames.filter(RecordedStatements::isOfTheService).findFirst().map(this::methodOf))
        .ifPresent(method ->
            statements.computeIfAbsent(method, _ -> ConcurrentHashMap.newKeySet()).add(sql));
  }

  private static boolean isOfTheService(StackFrame frame) {
    String name = frame.getClassName();
    return name.startsWith("io.tercet.files.")
        && !name.startsWith(InterceptedConnection.class.getName())
        && !name.startsWith(RecordedStatements.class.getName());
  }

  private String methodOf(StackFrame frame) {
    return method(frame.getClassName(), frame.getMethodName());
  }

  /// `Class.method`; a lambda counts as the method that it is in.
  public static String method(String className, String methodName) {
    String name = methodName.startsWith("lambda$") ? methodName.split("\\$")[1] : methodName;
    return className + "." + name;
  }

  /// Statements by `Class.method`.
  public Map<String, Set<String>> byMethod() {
    return statements;
  }
}
