package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of a room's log. `seq` counts 1, 2, 3 … without gaps. `name` and `displayName` are the
/// person's at that time. `sentAt` is the time of the commit, exact to the millisecond.
public record Entry(
    long seq, PersonId personId, String name, String displayName, Instant sentAt, Content content) {

  /// An entry of a person who is called by their name.
  public Entry(long seq, PersonId personId, String name, Instant sentAt, Content content) {
    this(seq, personId, name, name, sentAt, content);
  }

  /// The kind of an entry and its data.
  public sealed interface Content {}

  /// A person sent a message. It has neither text nor files once it is deleted.
  ///
  /// @param replyTo the `seq` of the message that it answers; null if it answers none
  public record Message(
      String clientMessageId, String text, @Nullable Long replyTo, List<FileReference> files)
      implements Content {

    /// A message without files.
    public Message(String clientMessageId, String text, @Nullable Long replyTo) {
      this(clientMessageId, text, replyTo, List.of());
    }

    /// A message that answers none.
    public Message(String clientMessageId, String text) {
      this(clientMessageId, text, null);
    }
  }

  /// A person became a member.
  public record Joined() implements Content {}

  /// A person is no longer a member.
  public record Left() implements Content {}

  /// A person put a file into the room's folder.
  public record FileAdded(FileReference file) implements Content {}

  /// A person published a folder of the room, or the site of one ended.
  public record SiteChanged(SiteReference site) implements Content {}

  /// The author of a message gave it another text, which is empty once the message is deleted.
  public record Edited(long targetSeq, String text) implements Content {}

  /// A person deleted a message.
  public record Deleted(long targetSeq) implements Content {}

  /// A person put an emoji to a message.
  public record Reacted(long targetSeq, String emoji) implements Content {}

  /// A person took an emoji back.
  public record Unreacted(long targetSeq, String emoji) implements Content {}

  /// A person pinned a message.
  public record Pinned(long targetSeq) implements Content {}

  /// A person ended the pin of a message.
  public record Unpinned(long targetSeq) implements Content {}

  /// An entry of a kind that this version does not know, as a newer one wrote it. `details` is a
  /// JSON object, or null.
  public record Other(String kind, @Nullable String details) implements Content {}
}
