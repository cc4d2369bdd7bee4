package io.tercet.files.chat;

/// What a person is in a room. The creator may be a member no more.
public record Membership(boolean member, boolean creator) {
  /// Of a person who is not in the room, or of a room that does not exist.
  public static final Membership NONE = new Membership(false, false);
}
