package io.tercet.http.negotiation;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which content codings a client accepts, each with a weight from 0 (refused) to 1000. Immutable.
///
/// - A request without Accept-Encoding asks for no coding, so it gets the plain form.
/// - A coding that the field does not name is refused, unless `*` stands for it. The plain form is
///   then the last resort, unless `identity;q=0` or `*;q=0` refuses it.
/// - A member with an unreadable weight does not count. If a coding is named twice, the last
///   counts.
///
/// Source: RFC 9110 §12.5.3.
public final class AcceptedCodings {
  /// What a request without the field accepts.
  static final AcceptedCodings PLAIN_ONLY =
      new AcceptedCodings(Map.of(ContentCoding.PLAIN, QualityValue.MAX));

  private static final int LAST_RESORT = 1;
  private static final Pattern MEMBER =
      Pattern.compile(
          "([^ \t;]+)[ \t]*(?:;[ \t]*[qQ]=(%s)[ \t;]*)?".formatted(QualityValue.PATTERN));

  private final Map<ContentCoding, Integer> weights;

  private AcceptedCodings(Map<ContentCoding, Integer> weights) {
    this.weights = weights;
  }

  /// Reads the value of Accept-Encoding.
  static AcceptedCodings parse(String field) {
    Map<ContentCoding, Integer> weights = new EnumMap<>(ContentCoding.class);
    int others = -1;
    for (String each : field.split(",", -1)) {
      Matcher member = MEMBER.matcher(each.strip());
      if (member.matches()) {
        int weight = QualityValue.thousandths(member.group(2));
        others = member.group(1).equals("*") ? weight : others;
        ContentCoding.named(member.group(1)).ifPresent(coding -> weights.put(coding, weight));
      }
    }
    for (ContentCoding coding : ContentCoding.values()) {
      int unnamed = coding == ContentCoding.PLAIN ? LAST_RESORT : 0;
      weights.putIfAbsent(coding, others < 0 ? unnamed : others);
    }
    return new AcceptedCodings(weights);
  }

  /// The weight of a coding.
  public int weight(ContentCoding coding) {
    return weights.getOrDefault(coding, 0);
  }
}
