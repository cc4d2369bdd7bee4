package io.tercet.chat.log;

import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command to the log writer.
public sealed interface LogCommand {

  RoomId roomId();

  /// Creates a room with its creator as the first member. The default room has no creator.
  record Create(
      RoomId roomId, @Nullable Person creator, Name name, String topic, Visibility visibility)
      implements LogCommand {}

  /// Makes a person a member.
  record Join(RoomId roomId, Person person) implements LogCommand {}

  /// Makes a person a member who has an open invitation, which ends.
  record Accept(RoomId roomId, Person person) implements LogCommand {}

  /// Ends a membership.
  record Leave(RoomId roomId, Person person) implements LogCommand {}

  /// A command that gives a message its text.
  sealed interface Written extends LogCommand {

    Person person();

    String text();

    Addressees addressees();
  }

  /// Whom a text may mention. Who of them is a member is decided when the text is written.
  ///
  /// @param names for each `@` the keys of the names that it may mean, the longest first
  /// @param present who is present, whom `@here` mentions; null if it mentions nobody
  record Addressees(List<List<String>> names, @Nullable List<PersonId> present) {

    /// Nobody.
    public static final Addressees NONE = new Addressees(List.of(), null);
  }

  /// Appends a message; only members may.
  ///
  /// @param replyTo the `seq` of the message that it answers; null if it answers none
  record Post(
      RoomId roomId,
      Person person,
      String clientMessageId,
      String text,
      @Nullable Long replyTo,
      Addressees addressees)
      implements Written {

    /// A message that mentions nobody.
    public Post(
        RoomId roomId, Person person, String clientMessageId, String text, @Nullable Long replyTo) {
      this(roomId, person, clientMessageId, text, replyTo, Addressees.NONE);
    }

    /// A message that answers none and mentions nobody.
    public Post(RoomId roomId, Person person, String clientMessageId, String text) {
      this(roomId, person, clientMessageId, text, null);
    }
  }

  /// Changes a message; only members may.
  sealed interface MessageChange extends LogCommand {

    Person person();

    /// The message.
    long targetSeq();
  }

  /// Gives a message another text.
  ///
  /// @param version the `seq` of the text that the person knows; null for whichever it is
  record Edit(
      RoomId roomId,
      Person person,
      long targetSeq,
      String text,
      @Nullable Long version,
      Addressees addressees)
      implements MessageChange, Written {

    /// A text that mentions nobody.
    public Edit(RoomId roomId, Person person, long targetSeq, String text, @Nullable Long version) {
      this(roomId, person, targetSeq, text, version, Addressees.NONE);
    }
  }

  /// Deletes a message.
  record Delete(RoomId roomId, Person person, long targetSeq) implements MessageChange {}

  /// Puts an emoji to a message.
  record React(RoomId roomId, Person person, long targetSeq, String emoji)
      implements MessageChange {}

  /// Takes the person's own emoji back.
  record Unreact(RoomId roomId, Person person, long targetSeq, String emoji)
      implements MessageChange {}

  /// Pins a message; guests may not.
  record Pin(RoomId roomId, Person person, long targetSeq) implements MessageChange {}

  /// Ends the pin of a message; guests may not.
  record Unpin(RoomId roomId, Person person, long targetSeq) implements MessageChange {}

  /// Appends a file. A repeated `eventId` changes nothing. The person need not be a member any
  /// more, since the file exists.
  record AddFile(RoomId roomId, Person person, String eventId, FileReference file)
      implements LogCommand {}

  /// Appends a change of a site; the rest as for [AddFile].
  record AddSite(RoomId roomId, Person person, String eventId, SiteReference site)
      implements LogCommand {}
}
