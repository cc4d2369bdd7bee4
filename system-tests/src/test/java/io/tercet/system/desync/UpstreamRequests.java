package io.tercet.system.desync;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what the gateway said to http-raw-server, and takes nothing but the plainest HTTP/1.1:
/// what the gateway writes must leave no reader a choice.
final class UpstreamRequests {

  private static final Pattern HEAD =
      Pattern.compile(
          "([A-Z]+) (\\S+) HTTP/1\\.1\r\n"
              + "((?:[A-Za-z0-9_-]+: ?[\\t\\x20-\\x7e\\x80-\\xff]*\r\n"
              + ")*)\r\n");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-f]+)\r\n");

  private final String wire;
  private int at;

  private UpstreamRequests(String wire) {
    this.wire = wire;
  }

  /// @param line as `GET /path`
  /// @param client the address that the gateway had it from
  record Request(String line, String client) {}

  /// The requests on one connection, the last perhaps without all of its body.
  static List<Request> on(String wire) {
    UpstreamRequests reader = new UpstreamRequests(wire);
    List<Request> requests = new ArrayList<>();
    while (reader.at < wire.length()) {
      requests.add(reader.next());
    }
    return requests;
  }

  private Request next() {
    Matcher head = HEAD.matcher(wire).region(at, wire.length());
    if (!head.lookingAt()) {
      throw new AssertionError(
          "The gateway wrote what is no plain request, at " + at + ":\n" + wire);
    }
    at = head.end();
    List<String> lengths = values(head.group(3), "content-length");
    List<String> codings = values(head.group(3), "transfer-encoding");
    if (lengths.size() + codings.size() > 1 || values(head.group(3), "host").size() != 1) {
      throw new AssertionError("The gateway wrote an ambiguous head:\n" + head.group());
    }
    if (codings.equals(List.of("chunked"))) {
      chunks();
    } else if (codings.isEmpty()) {
      skip(lengths.isEmpty() ? 0 : Integer.parseInt(lengths.getFirst()));
    } else {
      throw new AssertionError("The gateway wrote a coding: " + codings);
    }
    String client = String.join(",", values(head.group(3), "x-forwarded-for"));
    return new Request(head.group(1) + " " + head.group(2), client);
  }

  private void chunks() {
    while (at < wire.length()) {
      Matcher size = CHUNK.matcher(wire).region(at, wire.length());
      if (!size.lookingAt()) {
        throw new AssertionError("The gateway wrote no chunk at " + at + ":\n" + wire);
      }
      at = size.end();
      int bytes = Integer.parseInt(size.group(1), 16);
      skip(bytes + 2);
      if (bytes == 0) {
        return;
      }
    }
  }

  private void skip(int bytes) {
    at = Math.min(wire.length(), at + bytes);
  }

  private static List<String> values(String fields, String name) {
    return fields
        .lines()
        .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }
}
