package io.tercet.chat.log;

import io.tercet.chat.problem.ProblemType;
import java.time.Instant;

/// What became of a command after its transaction was committed.
public sealed interface CommandResult {

  /// A new entry stands in the log.
  record Appended(Entry entry) implements CommandResult {}

  /// The same was written before; nothing new was.
  record Duplicate(long seq, Instant sentAt) implements CommandResult {}

  /// There was nothing to do: already a member, or not one.
  record Unchanged() implements CommandResult {}

  /// It may not be done.
  record Rejected(ProblemType type, String detail) implements CommandResult {}
}
