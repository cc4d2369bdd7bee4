package io.tercet.chat.database;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database. Each call runs a short piece of SQL in one transaction; the calling thread waits,
/// so it must not be an event loop.
///
/// - Ownership: the work may use its client only until it returns.
/// - Errors: an exception of the work rolls back and is thrown as it is. If the database does not
///   answer or its queue is full, this throws `service-unavailable`.
public interface Database {

  /// Runs work that only reads.
  <T extends @Nullable Object> T read(Function<JdbcClient, T> work);

  /// Runs work that may write. The changes are durable when this returns.
  <T extends @Nullable Object> T write(Function<JdbcClient, T> work);
}
