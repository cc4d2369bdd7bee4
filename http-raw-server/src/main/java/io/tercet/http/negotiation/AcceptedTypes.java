package io.tercet.http.negotiation;

import io.tercet.http.message.Request;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Accept says about types that it names; ranges such as `*/*` name none.
///
/// A member whose weight cannot be read is passed over. Source: RFC 9110 §12.4.2 and §12.5.1.
public final class AcceptedTypes {
  public static final String HTML = "text/html";
  public static final String JSON = "application/json";

  private static final Pattern WEIGHT =
      Pattern.compile("[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)");
  private static final double UNREADABLE = -1;

  private AcceptedTypes() {}

  /// Which of these types the client names with the greatest weight, and of equals first; null if
  /// it names none, or refuses each.
  public static @Nullable String best(Request request, List<String> types) {
    String best = null;
    double weightOfBest = 0;
    for (String member : request.headers().joined("accept").orElse("").split(",", -1)) {
      String[] parts = member.split(";", -1);
      String type = named(parts[0].strip(), types);
      double weight = type == null ? 0 : weight(parts);
      if (weight > weightOfBest) {
        best = type;
        weightOfBest = weight;
      }
    }
    return best;
  }

  private static @Nullable String named(String name, List<String> types) {
    for (String type : types) {
      if (type.equalsIgnoreCase(name)) {
        return type;
      }
    }
    return null;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        Matcher weight = WEIGHT.matcher(parameter);
        return weight.matches() ? Double.parseDouble(weight.group(1)) : UNREADABLE;
      }
    }
    return 1;
  }
}
