package io.tercet.chat.database;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Where everything is kept. Work is a short piece of SQL that runs in one transaction; the calling
/// thread waits for it, so it must not be a thread that serves others (an event loop).
///
/// - Ownership: the client that work is given is its own until it returns.
/// - Errors: what the work throws comes out as it is, after a roll-back. When the database is not
///   answering or its queue is full, [io.tercet.chat.problem.ProblemException] with `service-unavailable`.
public interface Database {

  /// Runs work that changes nothing.
  <T extends @Nullable Object> T read(Function<JdbcClient, T> work);

  /// Runs work that may change something. It is durable when this returns.
  <T extends @Nullable Object> T write(Function<JdbcClient, T> work);
}
