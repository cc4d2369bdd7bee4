package io.tercet.chat.frame;

import io.tercet.chat.log.RoomId;

/// What a client may ask, as contracts/chat/frames.md lists it. The answer carries `requestId`
/// back.
public sealed interface ClientFrame {

  /// 1 to 64 characters of the client's choice.
  String requestId();

  /// Send me this room's entries from a place on, and then as they come.
  record Subscribe(String requestId, RoomId roomId, StartPosition position)
      implements ClientFrame {}

  /// No more of this room.
  record Unsubscribe(String requestId, RoomId roomId) implements ClientFrame {}

  /// Say this.
  record Post(String requestId, RoomId roomId, String clientMessageId, String text)
      implements ClientFrame {}

  /// Send me what was before this place.
  record History(String requestId, RoomId roomId, long before, int limit) implements ClientFrame {}

  /// Are you there?
  record Ping(String requestId) implements ClientFrame {}
}
