package io.tercet.chat.frame;

import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A frame from a client, as contracts/chat/frames.md lists it. The answer has the same
/// `requestId`.
public sealed interface ClientFrame {

  /// 1 to 64 characters of the client's choice.
  String requestId();

  /// Asks for a room's entries from a position on, and for new ones.
  record Subscribe(String requestId, RoomId roomId, StartPosition position)
      implements ClientFrame {}

  /// Ends a subscription.
  record Unsubscribe(String requestId, RoomId roomId) implements ClientFrame {}

  /// Sends a message, which may answer the one at the place `replyTo`.
  record Post(
      String requestId,
      RoomId roomId,
      String clientMessageId,
      String text,
      @Nullable Long replyTo,
      List<FileReference.Id> files)
      implements ClientFrame {

    /// A message without files.
    public Post(
        String requestId,
        RoomId roomId,
        String clientMessageId,
        String text,
        @Nullable Long replyTo) {
      this(requestId, roomId, clientMessageId, text, replyTo, List.of());
    }
  }

  /// Asks for entries before a place.
  record History(String requestId, RoomId roomId, long before, int limit) implements ClientFrame {}

  /// Asks for a `pong`.
  record Ping(String requestId) implements ClientFrame {}
}
