package io.tercet.files.database;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/// Connections that stop for ever before one statement, or one commit, of the thread that writes:
/// as a process is that will be killed there.
public final class StoppingConnections implements UnaryOperator<Connection> {
  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private int left;

  /// Stops before the statement that is the `n`th from now, counted from 1.
  public synchronized void stopAt(int n) {
    left = n;
  }

  /// Completes with the statement before which it stopped.
  public CompletableFuture<String> stopped() {
    return stopped;
  }

  @Override
  public Connection apply(Connection raw) {
    return InterceptedConnection.of(raw, (_, sql) -> beforeExecution(sql));
  }

  private void beforeExecution(String sql) {
    if (Thread.currentThread().getName().startsWith("database-writer") && isTheLast()) {
      stopped.complete(sql);
      waitForTheEnd();
    }
  }

  private synchronized boolean isTheLast() {
    return left > 0 && --left == 0;
  }

  private static void waitForTheEnd() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException _) {
        // nothing but the end of the process ends it
      }
    }
  }
}
