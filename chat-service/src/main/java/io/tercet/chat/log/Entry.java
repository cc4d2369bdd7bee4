package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.time.Instant;

/// One entry of a room's log. `seq` counts 1, 2, 3 … without gaps; `name` is the person's at the
/// time; `sentAt` is when it was written, in milliseconds.
public record Entry(long seq, PersonId personId, String name, Instant sentAt, Content content) {

  /// What an entry says.
  public sealed interface Content {}

  /// Somebody said something.
  public record Message(String clientMessageId, String text) implements Content {}

  /// Somebody became a member.
  public record Joined() implements Content {}

  /// Somebody is no longer a member.
  public record Left() implements Content {}

  /// Somebody put a file into the room's folder.
  public record FileAdded(FileReference file) implements Content {}
}
