package io.tercet.files.catalog;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// The path of a file or folder below its space: names from the top down; none for the top itself.
///
/// Names are 1–255 bytes of UTF-8 in NFC, without slash or control character, and not `.` or `..`;
/// a path has at most 32. Immutable.
///
/// - Errors: `invalid-path`.
/// - Source: contracts/http.md, Files.
public record FilePath(List<String> names) {
  private static final int NAMES_MAX = 32;
  private static final int NAME_BYTES_MAX = 255;

  /// The top of a space.
  public static final FilePath TOP = new FilePath(List.of());

  public FilePath {
    checkDepth(names.size());
    names = names.stream().map(FilePath::checked).toList();
  }

  /// Reads names with slashes between them; one slash at the end is allowed.
  public static FilePath parse(String text) {
    String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return trimmed.isEmpty() ? TOP : new FilePath(List.of(trimmed.split("/", -1)));
  }

  static void checkDepth(int names) {
    if (names > NAMES_MAX) {
      throw invalid("A path has at most " + NAMES_MAX + " names.");
    }
  }

  /// A name as it is stored: normalised to NFC.
  public static String checked(String raw) {
    String name = Normalizer.normalize(raw, Normalizer.Form.NFC);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw invalid("A name may not be empty, \".\" or \"..\".");
    }
    if (name.codePoints().anyMatch(FilePath::isForbidden)) {
      throw invalid("A name may not hold a slash or a control character.");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
      throw invalid("A name has at most " + NAME_BYTES_MAX + " bytes of UTF-8.");
    }
    return name;
  }

  /// The name of a new item; the rules for it are stricter than for one that is there already.
  public static String newName(String raw) {
    String name = checked(raw);
    FileName.checkNew(name);
    return name;
  }

  // An unpaired surrogate cannot be written as UTF-8.
  private static boolean isForbidden(int c) {
    return c == '/' || Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_PATH, detail);
  }

  public boolean isTop() {
    return names.isEmpty();
  }

  /// The last name.
  ///
  /// - Errors: `invalid-path` for the top, which has none.
  public String name() {
    if (isTop()) {
      throw invalid("Name something below the space.");
    }
    return names.getLast();
  }

  /// The path of its folder.
  public FilePath parent() {
    name();
    return new FilePath(names.subList(0, names.size() - 1));
  }

  public FilePath child(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new FilePath(longer);
  }

  public boolean startsWith(FilePath other) {
    return names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  /// The names with slashes between them.
  @Override
  public String toString() {
    return String.join("/", names);
  }
}
