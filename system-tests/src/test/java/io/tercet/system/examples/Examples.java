package io.tercet.system.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the examples of a Markdown page: a line `<!-- example:name -->`, and right below it a
/// fenced block of `sh`.
final class Examples {

  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^<!-- example:([a-z0-9-]+) -->\\n+```sh\\n(.*?)^```$");

  private Examples() {}

  /// One example.
  ///
  /// @param script what a reader would paste
  record Example(String name, String script) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Example> of(Path page) {
    try {
      return EXAMPLE
          .matcher(Files.readString(page))
          .results()
          .map(found -> new Example(found.group(1), found.group(2)))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
