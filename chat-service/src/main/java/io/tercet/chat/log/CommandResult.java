package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import java.time.Instant;
import java.util.List;

/// The result of a command whose transaction was committed.
public sealed interface CommandResult {

  /// The log has a new entry.
  ///
  /// @param admitted who became a member by it, beside the one who wrote it
  record Appended(Entry entry, List<PersonId> admitted) implements CommandResult {

    public Appended {
      admitted = List.copyOf(admitted);
    }

    /// An entry by which nobody else became a member.
    public Appended(Entry entry) {
      this(entry, List.of());
    }
  }

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
