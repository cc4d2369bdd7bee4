package io.tercet.chat.log;

import java.time.Instant;
import java.util.List;

/// Stores the log of every room and the memberships that follow from it.
public interface LogStore extends LogReader {

  /// Executes the commands in their order, in one transaction, and returns a result for each. When
  /// this returns, all of them are durable; if it throws, none is.
  List<CommandResult> apply(List<LogCommand> commands, Instant now);
}
