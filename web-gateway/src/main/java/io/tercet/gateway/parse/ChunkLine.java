package io.tercet.gateway.parse;

import io.tercet.gateway.problem.ProblemException;
import java.util.regex.Pattern;

/// The line before a chunk: its size in hexadecimal, and extensions that nobody here understands.
///
/// Source: RFC 9112 §7.1, RFC 9110 §5.6.4.
final class ChunkLine {

  /// The longest line without its CRLF, in bytes. http-raw-server has the same limit.
  static final int BYTES_MAX = 256;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~]|\\\\[\\t -~])*\"";
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9A-Fa-f]{1,15})(?:;[\\t ]*"
              + TOKEN
              + "(?:[\\t ]*=[\\t ]*(?:"
              + TOKEN
              + "|"
              + QUOTED
              + "))?(?:[\\t ]*(?=;))?)*");

  private ChunkLine() {}

  /// The size of the chunk in bytes.
  ///
  /// @param line without its CRLF, as Latin-1
  /// @throws ProblemException if it breaks a rule
  static long size(String line) {
    var parts = FORM.matcher(line);
    if (line.length() > BYTES_MAX || !parts.matches()) {
      throw malformed();
    }
    return Long.parseLong(parts.group(1), 16);
  }

  static ProblemException malformed() {
    return Refusal.malformed("Send a chunk's size in hexadecimal and well-formed extensions.");
  }
}
