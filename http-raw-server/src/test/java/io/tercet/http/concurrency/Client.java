package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/// A client that says exactly what it is told to say, and reads responses by their Content-Length.
public final class Client implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  final Socket socket = new Socket();
  private final InputStream in;

  /// What a server said.
  public record Answer(int status, String head, byte[] body) {
    /// The body.
    public String text() {
      return new String(body, ISO_8859_1);
    }

    /// Whether it said that the server closes after it.
    public boolean isLast() {
      return head.contains("\r\nConnection: close\r\n");
    }
  }

  /// A client of the server at this port of this machine.
  public Client(int port) throws IOException {
    this(port, 0);
  }

  /// One that has little room for what it hears.
  public Client(int port, int receiveBuffer) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), receiveBuffer);
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
    in = new BufferedInputStream(socket.getInputStream(), 4096);
  }

  /// A request with these lines of fields.
  public static String get(String path, String... fields) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: a.example\r\n");
    for (String field : fields) {
      request.append(field).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /// Sends the text as it is.
  public Client say(String text) throws IOException {
    return say(text.getBytes(ISO_8859_1));
  }

  /// Sends the bytes as they are.
  public Client say(byte[] bytes) throws IOException {
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

  /// The body of the next response, which must have this status.
  public byte[] hear(int status) throws IOException {
    Answer answer = hear();
    if (answer.status() != status) {
      throw new IOException("not " + status + ": " + answer.head());
    }
    return answer.body();
  }

  /// The next response.
  public Answer hear() throws IOException {
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
    int length = contentLength(text);
    byte[] body = in.readNBytes(length);
    if (body.length != length) {
      throw new IOException("cut off after " + body.length + " of " + length);
    }
    return new Answer(status, text, body);
  }

  /// Whether the server has closed, without a word more.
  public boolean isClosed() throws IOException {
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

  /// What comes until the server closes or resets; a server that does neither is a timeout.
  public String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException reset) {
      // What came before the reset is what was said.
    }
    return all.toString(ISO_8859_1);
  }

  /// A few bytes of what comes, and no more.
  public void taste() throws IOException {
    if (in.read(new byte[1_000]) < 0) {
      throw new IOException("closed before the first byte");
    }
  }

  /// Says nothing more, but still hears.
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Goes without a good-bye: the server gets RST.
  public void vanish() throws IOException {
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
