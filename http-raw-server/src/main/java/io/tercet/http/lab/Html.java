package io.tercet.http.lab;

import java.util.Locale;

/// Texts and numbers as they stand in the report.
final class Html {
  private static final String NOTHING = "–";

  private Html() {}

  /// Nothing in it can end an element or an attribute.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /// A coordinate.
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /// A figure with three digits that matter; a dash if there is none.
  static String figure(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return NOTHING;
    }
    double size = Math.abs(value);
    String format =
        size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /// A number for an axis: 10k, 2.5M.
  static String tick(double value) {
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
