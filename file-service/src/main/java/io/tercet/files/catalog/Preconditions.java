package io.tercet.files.catalog;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conditions under which a client wants a change: `If-Match`, `If-None-Match`.
///
/// A list contains quoted tags or the single `*`; an empty list is no condition.
///
/// Source: RFC 9110 §13.1.1, §13.1.2.
public record Preconditions(List<String> ifMatch, List<String> ifNoneMatch) {
  /// No condition.
  public static final Preconditions NONE = new Preconditions(List.of(), List.of());

  public Preconditions {
    ifMatch = List.copyOf(ifMatch);
    ifNoneMatch = List.copyOf(ifNoneMatch);
  }

  /// - Errors: `precondition-failed`.
  public void check(@Nullable Item now) {
    if (!ifMatch.isEmpty() && !matches(ifMatch, now)) {
      throw failed("It is not what If-Match names: read it again first.");
    }
    if (!ifNoneMatch.isEmpty() && matches(ifNoneMatch, now)) {
      throw failed("It is there already, and If-None-Match excludes that.");
    }
  }

  private static boolean matches(List<String> tags, @Nullable Item now) {
    return now != null && (tags.contains("*") || tags.contains(String.valueOf(Item.etagOf(now))));
  }

  private static ProblemException failed(String detail) {
    return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
  }
}
