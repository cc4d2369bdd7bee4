package io.tercet.files.database;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// Connections that count the statements of the thread that writes.
public final class CountedStatements implements UnaryOperator<Connection> {
  private final AtomicInteger written = new AtomicInteger();

  @Override
  public Connection apply(Connection raw) {
    return InterceptedConnection.of(
        raw,
        (_, _) -> {
          if (Thread.currentThread().getName().startsWith("database-writer")) {
            written.incrementAndGet();
          }
        });
  }

  /// Statements since the last call.
  public int count() {
    return written.getAndSet(0);
  }
}
