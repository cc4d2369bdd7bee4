package io.tercet.http.negotiation;

import io.tercet.http.message.Headers;
import io.tercet.http.render.HttpDate;
import java.time.Instant;
import java.util.Optional;

/// Conditional requests: does the client have this state of the file already, or has the file
/// changed?
///
/// Source: RFC 9110 §13; §13.2.2 for the order of precedence.
public final class Preconditions {

  /// What the conditions of a request come to.
  public enum Verdict {
    /// Send what was asked for.
    PROCEED,
    /// The client has it already: 304.
    NOT_MODIFIED,
    /// It is not what the client expects: 412.
    FAILED
  }

  private Preconditions() {}

  /// Evaluates If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since.
  public static Verdict check(Headers headers, Validators current) {
    if (headers.areNothingButHost()) {
      return Verdict.PROCEED;
    }
    Optional<String> ifMatch = headers.joined("if-match");
    if (ifMatch.isPresent()) {
      if (!matches(ifMatch.get(), current.entityTag(), false)) {
        return Verdict.FAILED;
      }
    } else if (date(headers, "if-unmodified-since")
        .filter(current.modifiedAt()::isAfter)
        .isPresent()) {
      return Verdict.FAILED;
    }
    Optional<String> ifNoneMatch = headers.joined("if-none-match");
    if (ifNoneMatch.isPresent()) {
      boolean has = matches(ifNoneMatch.get(), current.entityTag(), true);
      return has ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
    }
    boolean unchanged =
        date(headers, "if-modified-since")
            .filter(since -> !current.modifiedAt().isAfter(since))
            .isPresent();
    return unchanged ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
  }

  /// Whether Range counts: there is no If-Range, or it certainly names the current state. A client
  /// must never join parts of two states of a file (RFC 9110 §13.1.5).
  public static boolean allowRange(Headers headers, Validators current) {
    Optional<String> ifRange = headers.first("if-range");
    if (ifRange.isEmpty()) {
      return true;
    }
    String validator = ifRange.get();
    if (validator.startsWith("\"") || validator.startsWith("W/")) {
      return validator.equals(current.entityTag());
    }
    return current.hasStrongDate()
        && HttpDate.parse(validator).filter(current.modifiedAt()::equals).isPresent();
  }

  /// A date field that is repeated does not count (RFC 9110 §13.1.3 and §13.1.4).
  private static Optional<Instant> date(Headers headers, String name) {
    int field = headers.indexOf(name, 0);
    return field < 0 || headers.indexOf(name, field + 1) >= 0
        ? Optional.empty()
        : HttpDate.parse(headers.value(field));
  }

  /// Whether a list of entity tags, or `*`, has this strong tag. A weak tag in the list counts only
  /// if the comparison is weak (RFC 9110 §8.8.3.2).
  private static boolean matches(String list, String entityTag, boolean weakly) {
    if (list.strip().equals("*")) {
      return true;
    }
    int at = 0;
    while (at < list.length()) {
      int quote = list.indexOf('"', at);
      int end = quote < 0 ? -1 : list.indexOf('"', quote + 1);
      if (end < 0) {
        return false;
      }
      boolean weak = quote >= 2 && list.startsWith("W/", quote - 2);
      if (list.substring(quote, end + 1).equals(entityTag) && (weakly || !weak)) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }
}
