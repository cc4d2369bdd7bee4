package io.tercet.chat.room;

import io.tercet.chat.problem.ProblemType;
import java.time.Instant;

/// What became of a command after its transaction was committed.
sealed interface Outcome {

  /// A new entry stands in the log.
  record Written(Entry entry) implements Outcome {}

  /// The same was written before; nothing new was.
  record Repeated(long seq, Instant sentAt) implements Outcome {}

  /// There was nothing to do: already a member, or not one.
  record Unchanged() implements Outcome {}

  /// It may not be done.
  record Refused(ProblemType type, String detail) implements Outcome {}
}
