package io.tercet.chat.log;

import java.time.Instant;
import java.util.List;

/// Keeps the log of every room, and the memberships that follow from it.
public interface LogStore extends LogReader {

  /// Carries out the commands in their order, in one transaction. Outcomes are in the commands'
  /// order. After this returns, all of it is durable; if it throws, none of it happened.
  List<CommandResult> apply(List<LogCommand> commands, Instant now);
}
