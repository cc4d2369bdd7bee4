package io.tercet.chat.log;

import io.tercet.chat.problem.ProblemType;
import java.time.Instant;

/// The result of a command whose transaction was committed.
public sealed interface CommandResult {

  /// The log has a new entry.
  record Appended(Entry entry) implements CommandResult {}

  /// The log had this entry already; nothing was written.
  record Duplicate(long seq, Instant sentAt) implements CommandResult {}

  /// Nothing changed: the person was a member already, or was not one; or the message had this
  /// text, was deleted, had the person's reaction or was pinned.
  record Unchanged() implements CommandResult {}

  /// A rule forbids the command.
  record Rejected(ProblemType type, String detail) implements CommandResult {}

  /// The name of a new room looks like this name, which is taken.
  record Resembles(String name) implements CommandResult {}
}
