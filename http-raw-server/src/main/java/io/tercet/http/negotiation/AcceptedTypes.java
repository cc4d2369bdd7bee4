package io.tercet.http.negotiation;

import io.tercet.http.message.Request;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Accept says about types that it names. Ranges such as `*/*` name no type.
///
/// A member with an unreadable weight does not count. Source: RFC 9110 §12.5.1.
public final class AcceptedTypes {
  /// `text/html`.
  public static final String HTML = "text/html";

  /// `application/json`.
  public static final String JSON = "application/json";

  private static final Pattern WEIGHT = Pattern.compile("[qQ]=(" + QualityValue.PATTERN + ")");
  private static final int UNREADABLE = -1;

  private AcceptedTypes() {}

  /// The type of these to which the request gives the greatest weight; of equals the one that
  /// Accept names first. Null if Accept names none of them, or refuses each.
  public static @Nullable String best(Request request, List<String> types) {
    String best = null;
    int weightOfBest = 0;
    for (String member : request.headers().joined("accept").orElse("").split(",", -1)) {
      String[] parts = member.split(";", -1);
      String type = named(parts[0].strip(), types);
      int weight = type == null ? 0 : weight(parts);
      if (weight > weightOfBest) {
        best = type;
        weightOfBest = weight;
      }
    }
    return best;
  }

  private static @Nullable String named(String name, List<String> types) {
    return types.stream().filter(type -> type.equalsIgnoreCase(name)).findFirst().orElse(null);
  }

  private static int weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        Matcher weight = WEIGHT.matcher(parameter);
        return weight.matches() ? QualityValue.thousandths(weight.group(1)) : UNREADABLE;
      }
    }
    return QualityValue.MAX;
  }
}
