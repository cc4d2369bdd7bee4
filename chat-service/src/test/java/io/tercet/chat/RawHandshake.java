package io.tercet.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A request for a WebSocket, byte by byte: right as it is, and wrong as a test makes it.
final class RawHandshake {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String requestLine = "GET /api/socket HTTP/1.1";
  private String body = "";

  private RawHandshake(int port) {
    this.port = port;
  }

  /// The handshake of RFC 6455 §1.2, with a token.
  static RawHandshake of(ChatClient client) {
    return new RawHandshake(client.port)
        .with("Host", "127.0.0.1:" + client.port)
        .with("Authorization", "Bearer " + client.token)
        .with("Connection", "Upgrade")
        .with("Upgrade", "websocket")
        .with("Sec-WebSocket-Version", "13")
        .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }

  RawHandshake with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  RawHandshake without(String name) {
    headers.remove(name);
    return this;
  }

  RawHandshake requestLine(String line) {
    requestLine = line;
    return this;
  }

  /// Bytes behind the headers, in Latin-1; the test sets the headers that frame them.
  RawHandshake body(String octets) {
    body = octets;
    return this;
  }

  /// What came back: the status, the headers with their names in lower case, and the body.
  record Answer(int status, Map<String, String> headers, String body) {

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    JsonNode problem() {
      return ChatClient.JSON.readTree(body);
    }
  }

  /// Sends the request and reads the answer; the connection ends after it.
  Answer send() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      StringBuilder request = new StringBuilder(requestLine).append("\r\n");
      headers.forEach(
          (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
      socket
          .getOutputStream()
          .write(request.append("\r\n").append(body).toString().getBytes(ISO_8859_1));
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer read(InputStream in) throws IOException {
    int status = Integer.parseInt(readLine(in).split(" ")[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String[] header = line.split(": *", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    return new Answer(status, headers, status == 101 ? "" : readBody(in, headers));
  }

  private static String readBody(InputStream in, Map<String, String> headers) throws IOException {
    @Nullable String length = headers.get("content-length");
    if (length != null) {
      return new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        body.write(in.readNBytes(size));
        readLine(in);
      }
    } else {
      in.transferTo(body);
    }
    return body.toString(UTF_8);
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(readLine(in), 16);
  }

  private static String readLine(InputStream in) throws IOException {
    byte[] line = new byte[8192];
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("ended after: " + new String(Arrays.copyOf(line, length), UTF_8));
      }
      line[length++] = (byte) next;
    }
    return new String(line, 0, length, ISO_8859_1).strip();
  }
}
