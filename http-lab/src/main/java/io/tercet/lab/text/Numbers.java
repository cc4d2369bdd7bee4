package io.tercet.lab.text;

import java.util.Locale;

/// Numbers as people read them.
public final class Numbers {
  private static final String NOTHING = "–";

  private Numbers() {}

  /// A coordinate of a plot.
  public static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /// The value with three significant digits; a dash if it is not finite.
  public static String significant(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NOTHING;
    }
    double size = Math.abs(value);
    String format =
        size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /// A value beside an axis: 10k, 2.5M.
  public static String tick(double value) {
    if (value >= 1_000_000) {
      return trimmed(value / 1_000_000) + "M";
    }
    return value >= 1_000 ? trimmed(value / 1_000) + "k" : trimmed(value);
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
