package io.tercet.gateway.parse;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.regex.Pattern;

/// What the first line of a request asks for.
///
/// @param target as path with query, or `*`
/// @param authority of a target in absolute form; empty for the other forms
///
/// Source: RFC 9112 §3.
record RequestLine(String target, String authority) {

  /// One space each. A target has visible ASCII characters; a fragment never goes over the wire.
  private static final Pattern FORM =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-\"$-~]+) HTTP/([0-9])\\.[0-9]");

  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i:http)://([^/?]*)((?:/[^?]*)?)((?:\\?.*)?)");

  /// Reads a line without its CRLF, as Latin-1.
  ///
  /// @throws ProblemException if it breaks a rule
  static RequestLine of(String line) {
    var parts = FORM.matcher(line);
    if (!parts.matches()) {
      throw Refusal.malformed(
          "Send METHOD SP TARGET SP HTTP/1.1 in ASCII; code other characters with %.");
    }
    if (!parts.group(3).equals("1")) {
      throw new ProblemException(ProblemType.VERSION_NOT_SUPPORTED, "Send HTTP/1.1.");
    }
    var method = parts.group(1);
    var target = parts.group(2);
    if (target.startsWith("/") || (target.equals("*") && method.equals("OPTIONS"))) {
      return new RequestLine(target, "");
    }
    if (method.equals("CONNECT")) {
      throw ProblemException.methodNotAllowed();
    }
    var absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches() || !Authority.isValid(absolute.group(1))) {
      throw Refusal.malformed("Send a path, or http:// with a host and a path.");
    }
    var path = absolute.group(2).isEmpty() ? "/" : absolute.group(2);
    return new RequestLine(path + absolute.group(3), absolute.group(1));
  }
}
