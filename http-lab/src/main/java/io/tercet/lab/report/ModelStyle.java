package io.tercet.lab.report;

import io.tercet.lab.text.Numbers;
import java.util.List;

/// The colour and the mark of a model, the same in every plot. The colours are in report.css, one
/// set for light and one for dark.
final class ModelStyle {
  private static final List<String> MODELS =
      List.of(
          "epoll",
          "processes",
          "pool",
          "one-by-one",
          "virtual-threads",
          "select",
          "poll",
          "threads");

  private ModelStyle() {}

  /// The CSS class of its lines; models that are not in the list share one.
  static String styleClass(String model) {
    int at = MODELS.indexOf(model);
    return at < 0 ? "m-other" : "m" + (at + 1);
  }

  /// Its mark around a point, as a path.
  static String mark(String model, double x, double y) {
    String shape =
        switch (Math.floorMod(MODELS.indexOf(model), 4)) {
          case 0 -> "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
          case 1 -> "m-3.5 -3.5h7v7h-7z";
          case 2 -> "m0 -4.8l4.4 7.8h-8.8z";
          default -> "m0 -4.8l4.8 4.8l-4.8 4.8l-4.8 -4.8z";
        };
    return "M" + Numbers.coordinate(x) + " " + Numbers.coordinate(y) + shape;
  }
}
