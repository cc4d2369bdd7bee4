package io.tercet.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A WebSocket that asks for all of a room, for its history and for pongs, and never reads. Source:
/// RFC 6455 §5.2 and §5.5.2.
final class UnreadSocket {

  private static final int RECEIVE_BYTES = 4_096;
  private static final int TIMEOUT_MILLIS = 60_000;

  /// A text frame that is whole; with 126 the length follows in two bytes. Clients mask: here with
  /// 0.
  private static final int WHOLE_TEXT = 0x81;

  private static final int MASKED_LONG = 0x80 | 126;
  private static final int PING = 0x89;
  private static final int HISTORIES = 8;
  private static final int PINGS = 1_000;

  private final Socket socket;

  private UnreadSocket(Socket socket) {
    this.socket = socket;
  }

  static UnreadSocket open(ChatClient client, String roomId) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", client.port));
    String handshake =
        """
        GET /api/socket HTTP/1.1
        Host: 127.0.0.1:%d
        Authorization: Bearer %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .formatted(client.port, client.token)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
    String status = readHead(socket.getInputStream());
    assertThat(status).startsWith("HTTP/1.1 101");
    socket.getOutputStream().write(requests(roomId));
    return new UnreadSocket(socket);
  }

  private static byte[] requests(String roomId) {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    requests.writeBytes(
        frame(
            "{\"type\":\"subscribe\",\"requestId\":\"s\",\"roomId\":\"%s\",\"after\":0}"
                .formatted(roomId)));
    byte[] history =
        frame(
            ("{\"type\":\"history\",\"requestId\":\"h\",\"roomId\":\"%s\",\"before\":%d,"
                    + "\"limit\":200}")
                .formatted(roomId, Integer.MAX_VALUE));
    for (int i = 0; i < HISTORIES; i++) {
      requests.writeBytes(history);
    }
    byte[] ping = {(byte) PING, (byte) 0x80, 0, 0, 0, 0};
    for (int i = 0; i < PINGS; i++) {
      requests.writeBytes(ping);
    }
    return requests.toByteArray();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static byte[] frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(WHOLE_TEXT);
    frame.write(MASKED_LONG);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }
}
