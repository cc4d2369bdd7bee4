package io.tercet.chat.log;

/// Who can find and join a room: everybody, or nobody until a member adds them.
public enum Visibility {
  PUBLIC,
  PRIVATE
}
