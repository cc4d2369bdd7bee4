package io.tercet.http.site;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a version of a site consists of. Never changes.
record Manifest(SiteVersion of, List<File> files) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  Manifest {
    files = List.copyOf(files);
  }

  /// A file of a site.
  ///
  /// @param path names with `/` between them; none is empty, `.` or `..`, or has a control
  ///     character
  /// @param size in bytes
  record File(String path, long size, String sha256) {
    File {
      if (!isPlain(path) || size < 0 || !SHA256.matcher(sha256).matches()) {
        throw new IllegalArgumentException("not a file of a site");
      }
    }

    private static boolean isPlain(String path) {
      for (String name : path.split("/", -1)) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
          return false;
        }
      }
      return path.chars().noneMatch(Character::isISOControl);
    }
  }

  /// The form in which it is kept on disk: the version, then `sha256 size path` a line.
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append("%s %d\n".formatted(of.site(), of.version()));
    for (File file : files) {
      text.append(
          String.format(Locale.ROOT, "%s %d %s\n", file.sha256(), file.size(), file.path()));
    }
    return text.append("end\n").toString();
  }

  /// Reads what [#toText()] wrote.
  ///
  /// @throws IllegalArgumentException when it is not that, or not all of it
  static Manifest parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 2 || !lines.getLast().equals("end")) {
      throw new IllegalArgumentException("cut off");
    }
    String[] first = fields(lines.getFirst(), 2);
    SiteVersion of = new SiteVersion(first[0], Long.parseLong(first[1]));
    List<File> files =
        lines.subList(1, lines.size() - 1).stream()
            .map(line -> fields(line, 3))
            .map(fields -> new File(fields[2], Long.parseLong(fields[1]), fields[0]))
            .toList();
    return new Manifest(of, files);
  }

  private static String[] fields(String line, int count) {
    String[] fields = line.split(" ", count);
    if (fields.length != count) {
      throw new IllegalArgumentException("not a line of a manifest");
    }
    return fields;
  }
}
