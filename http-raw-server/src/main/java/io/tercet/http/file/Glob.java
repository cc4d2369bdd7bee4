package io.tercet.http.file;

import java.util.regex.Pattern;

/// A pattern for paths: `*` is any part of a name, `**` any part of a path, `?` one character. A
/// pattern without a slash is matched against the last name of a path: `*.html`.
final class Glob {
  private final Pattern pattern;

  Glob(String text) {
    String anchored = text.startsWith("/") ? text.substring(1) : text;
    StringBuilder regex = new StringBuilder(text.indexOf('/') < 0 ? "(.*/)?" : "");
    for (int i = 0; i < anchored.length(); i++) {
      char c = anchored.charAt(i);
      if (anchored.startsWith("**/", i)) {
        regex.append("(.*/)?");
        i += 2;
      } else if (anchored.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else {
        regex.append(
            switch (c) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(Character.toString(c));
            });
      }
    }
    pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /// Whether a path, which has no slash at the start, matches.
  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
