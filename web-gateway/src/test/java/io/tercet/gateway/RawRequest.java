package io.tercet.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP/1.1 request written byte by byte, so that it can break rules that every library keeps.
final class RawRequest {

  private static final int ANSWER_TIMEOUT_MILLIS = 60_000;

  private final int port;
  private String requestLine;
  private final String method;
  private final List<String> headers = new ArrayList<>();
  private byte[] body = {};
  private boolean hostSet;
  private boolean keepAlive;

  RawRequest(int port, String method, String target) {
    this(port, method + " " + target + " HTTP/1.1");
  }

  /// @param requestLine without its end
  RawRequest(int port, String requestLine) {
    this.port = port;
    this.method = requestLine.split(" ", 2)[0];
    this.requestLine = requestLine;
  }

  RawRequest version(String version) {
    requestLine = requestLine.replaceFirst("HTTP/1.1$", version);
    return this;
  }

  RawRequest header(String name, String value) {
    hostSet |= name.equalsIgnoreCase("Host");
    headers.add(name + ": " + value);
    return this;
  }

  RawRequest host(String host) {
    return header("Host", host);
  }

  RawRequest withoutHost() {
    hostSet = true;
    return this;
  }

  RawRequest keepingAlive() {
    keepAlive = true;
    return this;
  }

  RawRequest session(String value) {
    return header("Cookie", "theme=dark; tercet-session=" + value + "; lang=en");
  }

  RawRequest origin(String origin) {
    return header("Origin", origin);
  }

  RawRequest body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return header("Content-Length", Integer.toString(body.length));
  }

  /// Bytes sent unchanged; the test sets the headers that frame them.
  RawRequest rawBody(String octets) {
    body = octets.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  Answer send() {
    return send(() -> {});
  }

  /// @param afterHead runs after the headers of the answer have arrived
  Answer send(Runnable afterHead) {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
      socket.getOutputStream().write(octets());
      return Answer.read(socket.getInputStream(), method.equals("HEAD"), afterHead);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The head and the body.
  byte[] octets() {
    var octets = new ByteArrayOutputStream();
    octets.writeBytes(head());
    octets.writeBytes(body);
    return octets.toByteArray();
  }

  byte[] head() {
    var lines = new ArrayList<String>();
    lines.add(requestLine);
    if (!hostSet) {
      lines.add("Host: 127.0.0.1:" + port);
    }
    lines.addAll(headers);
    if (!keepAlive) {
      lines.add("Connection: close");
    }
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    static Answer read(InputStream in, boolean headOnly) throws IOException {
      return read(in, headOnly, () -> {});
    }

    private static Answer read(InputStream in, boolean headOnly, Runnable afterHead)
        throws IOException {
      var status = Integer.parseInt(line(in).split(" ", 3)[1]);
      var headers = new LinkedHashMap<String, List<String>>();
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        var colon = line.indexOf(':');
        headers
            .computeIfAbsent(
                line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
      if (status == 100) {
        return read(in, headOnly, afterHead);
      }
      afterHead.run();
      return new Answer(status, headers, headOnly ? in.readAllBytes() : readBody(in, headers));
    }

    private static byte[] readBody(InputStream in, Map<String, List<String>> headers)
        throws IOException {
      if (headers.containsKey("content-length")) {
        return in.readNBytes(Integer.parseInt(headers.get("content-length").getFirst()));
      }
      if (!headers.containsKey("transfer-encoding")) {
        return in.readAllBytes();
      }
      var body = new ByteArrayOutputStream();
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        body.write(in.readNBytes(size));
        line(in);
      }
      return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
      return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
      var line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new IOException("The answer ended after: " + line);
        }
        line.write(octet);
      }
      return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    /// The slug of a problem, or a text that describes an answer without one.
    String problem() {
      return header("content-type").startsWith("application/problem+json")
          ? json().get("type").asString().replace("urn:tercet:problem:", "")
          : status + " " + text();
    }
  }
}
