package io.tercet.http.handle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The path of a request, percent-decoded once and checked. It can only name something beneath a
/// root.
///
/// Rejected are NUL and other control characters, `.` and `..` as names (a client resolves them
/// before it sends a path; one that does not is looking for a way out), a coded slash, and bytes
/// that are not UTF-8.
///
/// @param names with `/` between them, without one at the start or the end
/// @param folder whether the path ended in a slash
record TargetPath(String names, boolean folder) implements DecodedPath {

  /// Decodes a raw path, or says what is wrong with it.
  static DecodedPath decode(String raw) {
    if (!raw.startsWith("/")) {
      return new Rejected(FileProblem.EMPTY_NAME);
    }
    if (raw.indexOf('%') < 0) {
      return checked(raw);
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      int octet = i + 3 <= raw.length() ? octet(raw.charAt(i + 1), raw.charAt(i + 2)) : -1;
      if (octet < 0 || octet == '/') {
        return new Rejected(octet < 0 ? FileProblem.PERCENT_SIGN : FileProblem.CODED_SLASH);
      }
      bytes.put((byte) octet);
      i += 2;
    }
    try {
      return checked(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException notText) {
      return new Rejected(FileProblem.NOT_UTF_8);
    }
  }

  /// Whether a name begins with a dot and is not served. `.well-known` as the first name is served
  /// (RFC 8615).
  boolean isHidden() {
    boolean isWellKnown = names.startsWith(".well-known/");
    return (names.startsWith(".") && !isWellKnown) || names.contains("/.");
  }

  /// The last name.
  String lastName() {
    return names.substring(names.lastIndexOf('/') + 1);
  }

  private static DecodedPath checked(String path) {
    FileProblem problem = problem(path);
    if (problem != null) {
      return new Rejected(problem);
    }
    boolean folder = path.endsWith("/");
    int end = folder && path.length() > 1 ? path.length() - 1 : path.length();
    return new TargetPath(path.substring(1, end), folder);
  }

  private static int octet(char high, char low) {
    if (high > 'f' || low > 'f') {
      return -1;
    }
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first * 16 + second;
  }

  /// What is wrong with a decoded path, or null.
  private static @Nullable FileProblem problem(String path) {
    int nameFrom = 1;
    for (int i = 1; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        String name = path.substring(nameFrom, i);
        if (name.isEmpty() && i < path.length()) {
          return FileProblem.EMPTY_NAME;
        }
        if (name.equals(".") || name.equals("..")) {
          return FileProblem.DOT_NAME;
        }
        nameFrom = i + 1;
      } else if (Character.isISOControl(path.charAt(i))) {
        return FileProblem.CONTROL_CHARACTER;
      }
    }
    return null;
  }
}
