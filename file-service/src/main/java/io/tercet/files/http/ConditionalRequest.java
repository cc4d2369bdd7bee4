package io.tercet.files.http;

import io.tercet.files.catalog.Item;
import io.tercet.files.download.ByteRange;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Evaluates the conditions and ranges of a request for a file.
///
/// Source: RFC 9110 §13.2.2 (the order of the conditions), §14.2 (ranges).
final class ConditionalRequest {

  /// What the answer to the request is.
  sealed interface Outcome {
    /// The whole file.
    record Whole() implements Outcome {}

    /// Some ranges of the file, at least one.
    record Partial(List<ByteRange> ranges) implements Outcome {}

    /// The client has the current version.
    record NotModified() implements Outcome {}

    /// A condition does not hold.
    record PreconditionFailed() implements Outcome {}

    /// All ranges are outside the file.
    record RangeNotSatisfiable() implements Outcome {}
  }

  private ConditionalRequest() {}

  static Outcome evaluate(HttpServletRequest request, Item.File file, int rangesMax) {
    Instant modified = file.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    List<String> match = EntityTags.strong(request, "If-Match");
    List<String> noneMatch = EntityTags.weak(request, "If-None-Match");
    Instant unmodifiedSince = date(request, "If-Unmodified-Since");
    Instant modifiedSince = date(request, "If-Modified-Since");
    boolean changed =
        match.isEmpty()
            ? unmodifiedSince != null && modified.isAfter(unmodifiedSince)
            : !holds(match, file);
    if (changed) {
      return new Outcome.PreconditionFailed();
    }
    boolean known =
        noneMatch.isEmpty()
            ? modifiedSince != null && !modified.isAfter(modifiedSince)
            : holds(noneMatch, file);
    return known ? new Outcome.NotModified() : ranges(request, file, modified, rangesMax);
  }

  private static Outcome ranges(
      HttpServletRequest request, Item.File file, Instant modified, int rangesMax) {
    String header = request.getHeader("Range");
    // A range in a HEAD request is ignored: RFC 9110 defines it for GET only.
    if (header == null || !request.getMethod().equals("GET") || !fresh(request, file, modified)) {
      return new Outcome.Whole();
    }
    Optional<List<ByteRange>> ranges = ByteRange.parse(header, file.content().size(), rangesMax);
    if (ranges.isEmpty()) {
      return new Outcome.Whole();
    }
    return ranges.get().isEmpty()
        ? new Outcome.RangeNotSatisfiable()
        : new Outcome.Partial(ranges.get());
  }

  /// Whether If-Range is absent or names the current version.
  private static boolean fresh(HttpServletRequest request, Item.File file, Instant modified) {
    String header = request.getHeader("If-Range");
    return header == null
        || header.equals(file.etag())
        || modified.equals(date(request, "If-Range"));
  }

  private static boolean holds(List<String> tags, Item.File file) {
    return tags.contains("*") || tags.contains(file.etag());
  }

  /// A malformed date is ignored.
  private static @Nullable Instant date(HttpServletRequest request, String header) {
    String text = request.getHeader(header);
    return text == null ? null : HttpDate.parse(text, LocalDate.now(ZoneOffset.UTC)).orElse(null);
  }
}
