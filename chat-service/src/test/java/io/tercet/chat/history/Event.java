package io.tercet.chat.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that one client did or got. A subscription is a number that is never used again: each
/// `subscribe` begins another one.
public sealed interface Event {

  /// Why a subscription is refused to somebody who is no member.
  String NOT_FOUND = "room-not-found";

  String room();

  /// A client is about to send a message, for the first time or again. It answers the message
  /// `replyTo`, or none if that is 0.
  record Posted(String person, String room, String id, String text, long replyTo)
      implements Event {}

  /// The message is in the log.
  record Acknowledged(String person, String room, String id, long seq) implements Event {}

  /// A client is about to give the message `target` another text, for the first time or again. The
  /// client chose the `id` of the edit; no other edit has its text.
  ///
  /// @param version the `seq` of the only text that the edit may replace; null for any
  record Edits(
      String person, String room, String id, long target, String text, @Nullable Long version)
      implements Event {}

  /// The edit is in the log, and its message is as `now` says.
  record Edited(String person, String room, String id, ShownEntry now) implements Event {}

  /// A client is about to delete the message `target`, for the first time or again.
  record Deletes(String person, String room, String id, long target) implements Event {}

  /// The message is deleted.
  record Deleted(String person, String room, String id, long target) implements Event {}

  /// A client is about to react to the message `target`, to pin it, or to take that back, for the
  /// first time or again. `kind` is that of the entry that the log then has.
  record Marks(String person, String room, String id, String kind, long target, String emoji)
      implements Event {}

  /// The message is marked so, or not any more.
  record Marked(String person, String room, String id) implements Event {}

  /// A client is about to say that everything up to `seq` is read, or `back`: that what follows is
  /// not.
  record Moves(String person, String room, String id, long seq, boolean back) implements Event {}

  /// The person's place in the room is moved.
  record Moved(String person, String room, String id) implements Event {}

  /// The service said of this attempt that it wrote nothing.
  record Refused(String person, String room, String id, String problem) implements Event {}

  /// Nobody knows what became of this attempt: the line broke, or the service said so.
  record Unknown(String person, String room, String id) implements Event {}

  /// A person is about to leave.
  record Leaving(String person, String room) implements Event {}

  /// The service confirmed that a person is, or is no longer, a member. A person does one thing to
  /// their membership at a time.
  record Member(String person, String room, boolean member) implements Event {}

  /// A client is about to subscribe behind the last `seq` that it has.
  record Asked(int subscription, String person, String room, long after) implements Event {}

  /// The subscription starts behind `after`; the room's newest `seq` is `last`.
  record Subscribed(int subscription, String room, long after, long last) implements Event {}

  /// An entry came.
  record Heard(int subscription, String room, LogEntry entry) implements Event {}

  /// The subscription was refused or ended, or the client let it go.
  record Ended(int subscription, String room, String why) implements Event {}

  /// A client is about to ask for entries as they are now. A reading is a number that is never used
  /// again.
  record Reads(int reading, String person, String room) implements Event {}

  /// What the places `from` to `to` of the log hold, and what the messages there answer. `last` is
  /// the newest `seq`, or 0 if the answer does not say it.
  record Read(
      int reading,
      String room,
      long from,
      long to,
      long last,
      List<ShownEntry> entries,
      List<ShownEntry> quoted)
      implements Event {}

  /// The pinned messages of a room.
  record ReadPins(int reading, String room, List<ShownEntry> entries) implements Event {}

  /// Messages behind `after` that answer the message `target`; all of them unless there is `more`.
  record ReadReplies(
      int reading, String room, long target, long after, boolean more, List<ShownEntry> entries)
      implements Event {

    /// What the page says that was asked for.
    public static ReadReplies of(int reading, String room, long target, long after, JsonNode page) {
      List<ShownEntry> entries = page.get("entries").valueStream().map(ShownEntry::of).toList();
      return new ReadReplies(
          reading, room, target, after, page.get("more").booleanValue(), entries);
    }
  }

  /// What is unread behind the person's place, and the `seq` of the first of it, or 0.
  record ReadUnread(int reading, String room, long place, int unread, long first)
      implements Event {}

  /// A client hears that the person's place is there now.
  record PlaceHeard(int client, String person, String room, long place) implements Event {}

  /// At the end a client has this place of its person.
  record PlaceKept(int client, String person, String room, long place) implements Event {}

  /// At the end a client that is subscribed has these entries of the room from `from` on.
  record Kept(String person, String room, long from, List<ShownEntry> entries) implements Event {}
}
