package io.tercet.chat.log;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Stores the log of every room and the memberships that follow from it.
public interface LogStore extends LogReader {

  /// Executes the commands in their order, in one transaction, with a result for each. The future
  /// completes with the results when all of them are durable, or with an exception if none is. It
  /// is complete when this returns, unless the database did not say in time what became of the
  /// transaction.
  CompletableFuture<List<CommandResult>> apply(List<LogCommand> commands, Instant now);
}
