package io.tercet.http.negotiation;

import org.jspecify.annotations.Nullable;

/// The weight of a member of a field such as Accept: `q=0.5`. Source: RFC 9110 §12.4.2.
final class QualityValue {
  /// The weight of a member that names none, in thousandths.
  static final int MAX = 1000;

  /// A regular expression for what stands behind `q=`.
  static final String PATTERN = "0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?";

  private QualityValue() {}

  /// What [#PATTERN] matched, in thousandths; [#MAX] for null.
  static int thousandths(@Nullable String text) {
    return text == null ? MAX : (int) Math.round(Double.parseDouble(text) * MAX);
  }
}
