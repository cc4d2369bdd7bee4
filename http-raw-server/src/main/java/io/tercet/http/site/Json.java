package io.tercet.http.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON into maps, lists, texts, numbers, booleans and null: enough for what file-service
/// says, and not worth a library here.
///
/// - Bounds: nesting up to 16 deep; whole numbers that fit a `long`, no fractions.
/// - Errors: `IllegalArgumentException` with the place.
///
/// Source: RFC 8259.
final class Json {
  private static final int DEPTH_MAX = 16;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /// The object that `text` is.
  static Map<String, @Nullable Object> object(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipBlanks();
    if (json.at != text.length() || !(value instanceof Map)) {
      throw json.broken("an object");
    }
    return members(value);
  }

  /// The members of a value that must be an object.
  @SuppressWarnings("unchecked") // Maps are made here only, with texts as keys.
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new IllegalArgumentException("not an object: " + kind(value));
  }

  /// The elements of a value that must be an array.
  static List<?> elements(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("not an array: " + kind(value));
  }

  /// A value that must be a text.
  static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a text: " + kind(value));
  }

  /// A value that must be a whole number.
  static long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("not a whole number: " + kind(value));
  }

  private static String kind(@Nullable Object value) {
    return value == null ? "null or absent" : value.getClass().getSimpleName();
  }

  private @Nullable Object value() {
    skipBlanks();
    char c = peek();
    return switch (c) {
      case '{' -> nested(true);
      case '[' -> nested(false);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> wholeNumber();
    };
  }

  private Object nested(boolean isObject) {
    if (++depth > DEPTH_MAX) {
      throw broken("less nesting");
    }
    Object value = isObject ? map() : list();
    depth--;
    return value;
  }

  private Map<String, @Nullable Object> map() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    skipBlanks();
    if (take('}')) {
      return map;
    }
    do {
      skipBlanks();
      String key = string();
      skipBlanks();
      if (!take(':')) {
        throw broken(":");
      }
      map.put(key, value());
      skipBlanks();
    } while (take(','));
    if (!take('}')) {
      throw broken("}");
    }
    return map;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    skipBlanks();
    if (take(']')) {
      return list;
    }
    do {
      list.add(value());
      skipBlanks();
    } while (take(','));
    if (!take(']')) {
      throw broken("]");
    }
    return list;
  }

  private String string() {
    if (!take('"')) {
      throw broken("a text");
    }
    StringBuilder string = new StringBuilder();
    while (!take('"')) {
      char c = peek();
      at++;
      if (c < ' ') {
        throw broken("no control character");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw broken("an escape");
    };
  }

  private char unicode() {
    if (text.length() - at < 4) {
      throw broken("four hexadecimal digits");
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.charAt(at + i), 16);
      if (digit < 0) {
        throw broken("four hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    at += 4;
    return (char) code;
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw broken("a value");
    }
    at += word.length();
    return meaning;
  }

  private Long wholeNumber() {
    int from = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Long.valueOf(text.substring(from, at));
    } catch (NumberFormatException notWhole) {
      throw broken("a value");
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw broken("more");
    }
    return text.charAt(at);
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private IllegalArgumentException broken(String wanted) {
    return new IllegalArgumentException("JSON at " + at + ": wanted " + wanted);
  }
}
