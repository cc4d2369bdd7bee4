package io.tercet.http.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The media type of a file by its extension, from the table `media-types.txt` beside this class.
/// The charset of text is UTF-8.
final class MediaTypes {
  private static final String TABLE = "media-types.txt";
  private static final String UNKNOWN = "application/octet-stream";
  private static final Map<String, String> BY_EXTENSION = read();

  /// Types that are text by another name, or compress as well as text.
  private static final Set<String> COMPRESSIBLE =
      Set.of(
          """
          application/json application/json5 application/n-quads application/n-triples
          application/postscript application/rtf application/sql application/toml
          application/vnd.apple.mpegurl application/vnd.ms-fontobject application/wasm
          application/x-ndjson application/x-perl application/x-subrip application/x-tcl
          application/x-tex application/xml application/xml-dtd application/yaml font/otf
          font/ttf image/bmp image/vnd.microsoft.icon
          """
              .split("\\s+"));

  private MediaTypes() {}

  /// The type of a file of this name; `application/octet-stream` for an unknown extension.
  static String of(String name) {
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot < 0 ? UNKNOWN : BY_EXTENSION.getOrDefault(extension, UNKNOWN);
  }

  /// Whether files of this type are worth compressing.
  static boolean isCompressible(String mediaType) {
    return mediaType.startsWith("text/")
        || mediaType.endsWith("+json")
        || mediaType.endsWith("+xml")
        || COMPRESSIBLE.contains(mediaType);
  }

  /// The lines of the table, without its comments.
  static String table() {
    try (InputStream table = MediaTypes.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is missing from the program");
      }
      return new String(table.readAllBytes(), UTF_8).replaceAll("(?m)^#.*\n", "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, String> read() {
    Map<String, String> types = new HashMap<>();
    for (String line : table().split("\n", -1)) {
      String[] words = line.split(" ", -1);
      String type = words[0].startsWith("text/") ? words[0] + "; charset=utf-8" : words[0];
      for (int i = 1; i < words.length; i++) {
        types.put(words[i], type);
      }
    }
    return Map.copyOf(types);
  }
}
