package io.tercet.chat.history;

/// What must be true of every history.
public enum Rule {
  /// The log of a room counts 1, 2, 3 …
  LOG_WITHOUT_GAP,
  /// A log has a message of one sender under one id once, and every acknowledgement says where.
  NOTHING_TWICE,
  /// What was acknowledged is in the log, where the acknowledgement says.
  NOTHING_LOST,
  /// A message of which every attempt was refused is not in the log.
  NOTHING_REFUSED,
  /// Each message of the log was sent by somebody, with these words.
  NOTHING_INVENTED,
  /// What was acknowledged before another message was sent stands before it.
  ORDER_OF_TIME,
  /// Everybody hears the same entry under the same `seq`: that of the log.
  ONE_ORDER,
  /// A subscription hears the entry behind its start, then the next one, and so on.
  NO_GAP,
  /// An entry comes to a subscription that began and has not ended.
  NOTHING_UNASKED,
  /// A subscription starts where the client asked.
  CURSOR_KEPT,
  /// A subscription knows of everything that was acknowledged before it was asked for.
  NOTHING_STALE,
  /// Only members write and subscribe.
  MEMBERS_ONLY,
  /// Nothing from after their own leaving reaches a person.
  NOTHING_AFTER_LEAVING,
  /// A subscription that nobody ended has heard the whole log.
  EVERYTHING_HEARD,
  /// Joining and leaving alternate, and what was confirmed happened.
  MEMBERSHIPS_KEPT
}
