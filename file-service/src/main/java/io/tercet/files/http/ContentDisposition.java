package io.tercet.files.http;

import java.nio.charset.StandardCharsets;

/// The header that makes a browser save a file instead of displaying it.
///
/// `filename` is for old clients (ASCII; other characters become `_`), `filename*` for the others.
///
/// Source: RFC 6266 §4, RFC 8187 §3.2.
final class ContentDisposition {
  private static final String PLAIN = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  static String attachment(String name) {
    StringBuilder ascii = new StringBuilder();
    name.codePoints().forEach(c -> ascii.append(isSafe(c) ? (char) c : '_'));
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b & 0xff));
      }
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  private static boolean isSafe(int c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%';
  }

  private static boolean isPlain(byte b) {
    boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    return letter || (b >= '0' && b <= '9') || (b > 0 && PLAIN.indexOf(b) >= 0);
  }
}
