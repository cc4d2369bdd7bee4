package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/// A client that says exactly what it is told to say, and reads responses by their Content-Length.
final class Client implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  final Socket socket = new Socket();
  private final InputStream in;

  record Answer(int status, String head, byte[] body) {
    String text() {
      return new String(body, ISO_8859_1);
    }
  }

  Client(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  Client(InetSocketAddress server, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server, PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
  }

  Client say(String text) throws IOException {
    return say(text.getBytes(ISO_8859_1));
  }

  Client say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Answer ask(String path) throws IOException {
    return say(get(path)).hear();
  }

  /// The status of an answer, whether it was asked for or is a refusal.
  int askOrHear() throws IOException {
    try {
      return ask("/n/1").status();
    } catch (SocketException refusedMeanwhile) {
      return hear().status();
    }
  }

  /// The next response.
  Answer hear() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed after: " + head.toString(ISO_8859_1));
      }
      head.write(c);
    }
    String text = head.toString(ISO_8859_1);
    int status = Integer.parseInt(text.substring(9, 12));
    return new Answer(status, text, in.readNBytes(contentLength(text)));
  }

  /// Whether the server has closed, without a word more.
  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  /// How many bytes come until the server closes.
  long drain() throws IOException {
    long count = 0;
    byte[] buffer = new byte[64 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      count += read;
    }
    return count;
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
