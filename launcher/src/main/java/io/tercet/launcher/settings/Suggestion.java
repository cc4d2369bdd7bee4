package io.tercet.launcher.settings;

/// Guesses which setting a misspelt name meant.
final class Suggestion {

  private static final int DISTANCE_MAX = 5;

  private Suggestion() {}

  /// ` (did you mean TERCET_PORT?)` for the known name at the smallest edit distance, or nothing if
  /// none is near.
  static String forName(String given) {
    int nearest = DISTANCE_MAX + 1;
    String best = "";
    for (Setting setting : Setting.ALL) {
      int distance = editDistance(given, setting.name());
      if (distance < nearest) {
        nearest = distance;
        best = setting.name();
      }
    }
    return best.isEmpty() ? "" : " (did you mean " + best + "?)";
  }

  /// Levenshtein distance: how many characters to insert, delete or replace.
  static int editDistance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
