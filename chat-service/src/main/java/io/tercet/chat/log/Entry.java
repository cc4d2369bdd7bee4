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

  /// A person sent a message. The text is empty once it is deleted.
  ///
  /// @param replyTo the `seq` of the message that it answers; null if it answers none
  /// @param mentions whom the text mentions; null if nobody
  public record Message(
      String clientMessageId, String text, @Nullable Long replyTo, @Nullable Mentions mentions)
      implements Content {

    /// A message that mentions nobody.
    public Message(String clientMessageId, String text, @Nullable Long replyTo) {
      this(clientMessageId, text, replyTo, null);
    }

    /// A message that answers none and mentions nobody.
    public Message(String clientMessageId, String text) {
      this(clientMessageId, text, null);
    }
  }

  /// Whom a text mentions, as it was decided when its entry was written. Nobody mentions
  /// themselves.
  ///
  /// @param people who is named, in the order of the text, and with `here` who was present
  /// @param room whether it mentions everybody in the room
  public record Mentions(List<PersonId> people, boolean room, boolean here) {

    public Mentions {
      people = List.copyOf(people);
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
  ///
  /// @param mentions whom the new text mentions, and the message from then on; null if nobody
  public record Edited(long targetSeq, String text, @Nullable Mentions mentions)
      implements Content {

    /// A text that mentions nobody.
    public Edited(long targetSeq, String text) {
      this(targetSeq, text, null);
    }
  }

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
