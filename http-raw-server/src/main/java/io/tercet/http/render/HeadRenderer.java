package io.tercet.http.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.message.Version;
import java.util.EnumMap;
import java.util.Map;

/// Renders the head of a response: status line, Date, Server, fields, Content-Length, Connection.
///
/// Threading: shared by all.
///
/// Source: RFC 9112 §4, RFC 9110 §6.6.1 and §8.6.
public final class HeadRenderer {
  /// `HTTP/1.1 100 Continue`, whole.
  private static final byte[] CONTINUE = bytes("HTTP/1.1 100 Continue\r\n\r\n");

  private static final byte[] SERVER = bytes("Server: tercet\r\n");
  private static final byte[] LENGTH = bytes("Content-Length: ");
  private static final byte[] CLOSE = bytes("Connection: close\r\n\r\n");
  private static final byte[] KEEP_ALIVE = bytes("Connection: keep-alive\r\n\r\n");
  private static final byte[] END = bytes("\r\n");
  private static final int LENGTH_DIGITS_MAX = 19;

  private final HttpDate date;
  private final Map<Status, byte[]> statusLines = new EnumMap<>(Status.class);

  /// The Connection field of a response.
  public enum Persistence {
    /// No field: a connection of HTTP/1.1 stays open.
    IMPLIED,
    /// Tells a client of HTTP/1.0 that the connection stays open.
    KEEP_ALIVE,
    /// This response is the last.
    CLOSE;

    /// The field for a client of this version.
    ///
    /// @param stays whether the connection stays open
    public static Persistence of(boolean stays, Version version) {
      if (!stays) {
        return CLOSE;
      }
      return version == Version.HTTP_1_0 ? KEEP_ALIVE : IMPLIED;
    }
  }

  /// A renderer that takes the date from here.
  public HeadRenderer(HttpDate date) {
    this.date = date;
    for (Status status : Status.values()) {
      statusLines.put(status, bytes("HTTP/1.1 " + status.code() + " " + status.reason() + "\r\n"));
    }
  }

  /// The whole interim response to `Expect: 100-continue`.
  public byte[] interim() {
    return CONTINUE.clone();
  }

  /// The most bytes that [#render] writes for this response.
  public int lengthMax(Response response) {
    return line(response.status()).length
        + HttpDate.LINE_BYTES
        + SERVER.length
        + response.fields().length()
        + LENGTH.length
        + LENGTH_DIGITS_MAX
        + END.length
        + KEEP_ALIVE.length;
  }

  /// Writes the head into `into` at `at`, which has room for [#lengthMax], and returns where it
  /// ended.
  public int render(Response response, Persistence persistence, byte[] into, int at) {
    int end = copy(line(response.status()), into, at);
    end = copy(date.line(), into, end);
    end = copy(SERVER, into, end);
    response.fields().copyTo(into, end);
    end += response.fields().length();
    if (!response.status().isBodiless()) {
      end = copy(LENGTH, into, end);
      end = decimal(response.body().length(), into, end);
      end = copy(END, into, end);
    }
    return copy(
        switch (persistence) {
          case IMPLIED -> END;
          case KEEP_ALIVE -> KEEP_ALIVE;
          case CLOSE -> CLOSE;
        },
        into,
        end);
  }

  private byte[] line(Status status) {
    byte[] line = statusLines.get(status);
    if (line == null) {
      throw new IllegalStateException(status.name());
    }
    return line;
  }

  private static int decimal(long value, byte[] into, int at) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  private static int copy(byte[] from, byte[] into, int at) {
    System.arraycopy(from, 0, into, at, from.length);
    return at + from.length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
