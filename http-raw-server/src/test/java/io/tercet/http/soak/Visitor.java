package io.tercet.http.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/// One connection of a client that says exactly what it is told to say.
final class Visitor implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private boolean toldToClose;

  Visitor(int port) throws IOException {
    this(port, 0);
  }

  Visitor(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 4096);
  }

  static String get(String path, String... fields) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: a.example\r\n");
    for (String field : fields) {
      request.append(field).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  Visitor say(String text) throws IOException {
    return say(text.getBytes(ISO_8859_1));
  }

  Visitor say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /// The next response, which must have this status; its body.
  byte[] hear(int status) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("closed after: " + head.toString(ISO_8859_1));
      }
      head.write(octet);
    }
    String text = head.toString(ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 " + status + " ")) {
      throw new IOException("not " + status + ": " + text);
    }
    toldToClose |= text.contains("\r\nConnection: close\r\n");
    int length = contentLength(text);
    byte[] body = in.readNBytes(length);
    if (body.length != length) {
      throw new IOException("cut off after " + body.length + " of " + length);
    }
    return body;
  }

  /// Whether a response said that the server closes after it.
  boolean wasToldToClose() {
    return toldToClose;
  }

  /// What comes until the server closes, however it does.
  String rest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException reset) {
      // What came before the reset is what was said.
    }
    return all.toString(ISO_8859_1);
  }

  /// A few bytes of what comes, and no more.
  void taste() throws IOException {
    if (in.read(new byte[1_000]) < 0) {
      throw new IOException("closed before the first byte");
    }
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Goes without a good-bye: the server gets RST.
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
        .map(line -> Integer.parseInt(line.substring(16)))
        .findFirst()
        .orElse(0);
  }
}
