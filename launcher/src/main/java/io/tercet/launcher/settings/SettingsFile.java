package io.tercet.launcher.settings;

import io.tercet.launcher.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of settings: `NAME=value` a line, `#` comments, optional quotes. It is read, never
/// executed.
record SettingsFile(Path file) {

  private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");
  private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)");
  private static final Pattern QUOTED = Pattern.compile("\"(.*)\"|'(.*)'");

  /// What the file sets. A relative path starts at the file's folder.
  Map<String, String> read() throws UserException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException failed) {
      throw new UserException(
          "cannot read the settings file " + file + ": check its permissions.", failed);
    }
    Map<String, String> values = new HashMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (!NOTHING.matcher(line).matches()) {
        readLine(line, number, values);
      }
    }
    return values;
  }

  private void readLine(String line, int number, Map<String, String> values) throws UserException {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new UserException(file + ", line " + number + ": a line is NAME=value.");
    }
    String name = parts.group(1);
    Setting setting =
        Setting.named(name)
            .orElseThrow(() ->
                new UserException(
                    "%s, line %d: %s is not a setting%s; docs/settings.md lists them."
                        .formatted(file, number, name, Suggestion.forName(name))));
    String value = unquoted(parts.group(2));
    if (setting.kind() == SettingKind.Form.PATH && !value.isEmpty()) {
      value = file.toAbsolutePath().resolveSibling(value).toString();
    }
    values.put(name, value);
  }

  private static String unquoted(String value) {
    Matcher quoted = QUOTED.matcher(value);
    return quoted.matches() ? value.substring(1, value.length() - 1) : value;
  }
}
