package io.tercet.chat.log;

/// Who can find a room and enter it by themselves: everybody, or only who was added.
public enum Visibility {
  PUBLIC,
  PRIVATE
}
