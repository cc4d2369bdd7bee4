package io.tercet.chat.history;

/// What must be true of every history.
public enum Rule {
  /// The log of a room counts 1, 2, 3 …
  LOG_WITHOUT_GAP,
  /// A log has a message of one sender under one id once, and every acknowledgement says where. It
  /// has an edit at most once for each attempt that may have written it.
  NOTHING_TWICE,
  /// What was acknowledged is in the log, where the acknowledgement says.
  NOTHING_LOST,
  /// What somebody wanted and was refused at every attempt is not in the log.
  NOTHING_REFUSED,
  /// Somebody sent each message of the log and each edit, with these words, and wanted each
  /// deletion, reaction and pin.
  NOTHING_INVENTED,
  /// What was acknowledged before something else was sent stands before it.
  ORDER_OF_TIME,
  /// What is edited or deleted is a message that stands before.
  CHANGES_OF_MESSAGES,
  /// Only the author edits a message. The author deletes it, or who was in the room first.
  AUTHOR_ONLY,
  /// A reaction or a pin is in the log only where it changed something.
  NO_EMPTY_MARKS,
  /// A message has no more different emoji, and a room no more pins, than they may have.
  LIMITS_KEPT,
  /// A message answers one that stands before it and was not deleted then.
  REPLIES_TO_MESSAGES,
  /// An edit that names a version directly follows it.
  VERSION_NAMED,
  /// What somebody wants to change is refused only for a reason that the log shows.
  REFUSED_FOR_A_REASON,
  /// Nothing changes a message after its deletion.
  DELETED_FOR_GOOD,
  /// Nobody can read the text of a deleted message, once anybody knows of the deletion; the log has
  /// none of it.
  NOTHING_OF_DELETED,
  /// What a reading, or the answer to an edit, shows is what the log had at some moment.
  SHOWN_AS_LOGGED,
  /// At the end each subscribed client keeps the same room: that of the log.
  ONE_ROOM,
  /// A place is where somebody moved it, and only `back` moves it to an earlier one.
  PLACE_KEPT,
  /// At the end all clients of a person have the same place: that of the service.
  ONE_PLACE,
  /// What is unread behind a place is what the log had there at some moment.
  UNREAD_AS_LOGGED,
  /// Everybody hears the same entry under the same `seq`: that of the log.
  ONE_ORDER,
  /// A subscription hears the entry behind its start, then the next one, and so on.
  NO_GAP,
  /// An entry comes to a subscription that began and has not ended.
  NOTHING_UNASKED,
  /// A subscription starts where the client asked.
  CURSOR_KEPT,
  /// A subscription, a reading or the answer to an edit knows of everything that anybody was told
  /// of before it was asked for.
  NOTHING_STALE,
  /// Only members write, read and subscribe.
  MEMBERS_ONLY,
  /// Nothing from after their own leaving reaches a person.
  NOTHING_AFTER_LEAVING,
  /// A subscription that nobody ended has heard the whole log.
  EVERYTHING_HEARD,
  /// Joining and leaving alternate, and what was confirmed happened.
  MEMBERSHIPS_KEPT
}
