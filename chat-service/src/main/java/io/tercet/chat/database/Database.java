package io.tercet.chat.database;

import io.tercet.chat.problem.ProblemType;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database. Each call runs a short piece of SQL, in one transaction if it may write; the
/// calling thread waits, so it must not be an event loop.
///
/// - Ownership: the work may use its client only until it returns. It may run again from its
///   beginning, after it was rolled back because of what another transaction did; so it changes
///   nothing but the database.
/// - Errors: an exception of the work rolls back and is thrown as it is. After a statement failed,
///   every later one of the same work fails with the same error. If the database is away, full or
///   too busy, this throws `service-unavailable`, and then nothing was written.
public interface Database {

  /// Whether other processes may write it, too.
  default boolean isShared() {
    return false;
  }

  /// Runs work that only reads. Two statements of it may see two states.
  <T extends @Nullable Object> T read(Function<JdbcClient, T> work);

  /// Ends a query of work that may write, so that nobody else changes the rows that it found until
  /// the transaction ends. Empty where a transaction that may write is alone.
  String rowLock();

  /// Runs work that may write. The changes are durable when this returns. Throws `service-timeout`
  /// if the database did not say in time what became of the transaction: the changes may be there,
  /// or come later.
  default <T extends @Nullable Object> T write(Function<JdbcClient, T> work) {
    return Outcome.result(commit(work), ProblemType.SERVICE_TIMEOUT);
  }

  /// Runs work that may write, for a caller who must learn what became of the transaction however
  /// long that takes. The future is complete when this returns, except if the database did not say
  /// in time. It then completes, on another thread, as soon as the database says it: with the
  /// result if the changes are durable, or with an exception if there are none.
  <T extends @Nullable Object> CompletableFuture<T> commit(Function<JdbcClient, T> work);
}
