package io.tercet.chat.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.core.Frame;

/// Joins the data frames of one text message.
///
/// - Bounds: a message has at most `bytesMax` bytes. A bigger one ends the assembler.
/// - Threading: confined to one connection.
///
/// Source: RFC 6455 §5.4 and §8.1.
final class MessageAssembler {

  private final long bytesMax;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private boolean tooBig;

  MessageAssembler(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// What a message has become after one more frame.
  sealed interface Assembly {

    /// More frames of the message follow.
    record Incomplete() implements Assembly {}

    record Complete(String text) implements Assembly {}

    record TooBig() implements Assembly {}

    record NotUtf8() implements Assembly {}
  }

  /// Adds a text or continuation frame and reads its payload to the end.
  Assembly add(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    int length = payload == null ? 0 : payload.remaining();
    if (tooBig || bytes.size() + length > bytesMax) {
      tooBig = true;
      bytes.reset();
      return new Assembly.TooBig();
    }
    if (payload != null) {
      bytes.writeBytes(BufferUtil.toArray(payload));
      payload.position(payload.limit());
    }
    return frame.isFin() ? decode() : new Assembly.Incomplete();
  }

  private Assembly decode() {
    ByteBuffer whole = ByteBuffer.wrap(bytes.toByteArray());
    bytes.reset();
    try {
      return new Assembly.Complete(StandardCharsets.UTF_8.newDecoder().decode(whole).toString());
    } catch (CharacterCodingException e) {
      return new Assembly.NotUtf8();
    }
  }
}
