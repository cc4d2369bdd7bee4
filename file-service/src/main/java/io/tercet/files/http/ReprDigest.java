package io.tercet.files.http;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The digest that a client announces for the bytes of an upload. Algorithms other than SHA-256 are
/// ignored.
///
/// - Errors: `invalid-request` if its SHA-256 is not 32 bytes in base64 between colons.
/// - Source: RFC 9530 §3, RFC 8941 §3.3.5.
final class ReprDigest {
  private static final Pattern MEMBER =
      Pattern.compile("(?:^|,)\\s*sha-256\\s*=([^,]*)", Pattern.CASE_INSENSITIVE);
  private static final int SHA256_BYTES = 32;

  private ReprDigest() {}

  /// Accepts the SHA-256, in hex, that the header announces; accepts every one if it announces
  /// none.
  static Predicate<String> check(@Nullable String header) {
    Matcher m = MEMBER.matcher(header == null ? "" : header);
    if (!m.find()) {
      return _ -> true;
    }
    return HexFormat.of().formatHex(bytes(m.group(1).strip()))::equals;
  }

  private static byte[] bytes(String item) {
    try {
      if (item.length() > 2 && item.startsWith(":") && item.endsWith(":")) {
        byte[] bytes = Base64.getDecoder().decode(item.substring(1, item.length() - 1));
        if (bytes.length == SHA256_BYTES) {
          return bytes;
        }
      }
    } catch (IllegalArgumentException _) {
      // not base64: answered below
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST, "Write Repr-Digest as sha-256=:<base64>:.");
  }
}
