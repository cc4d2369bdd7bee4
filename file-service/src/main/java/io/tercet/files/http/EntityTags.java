package io.tercet.files.http;

import io.tercet.files.catalog.Preconditions;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads lists of entity tags from headers.
///
/// - Errors: `invalid-request` if a header is not a list of quoted tags.
/// - Source: RFC 9110 §8.8.3, §13.1.
final class EntityTags {
  private static final Pattern TAG =
      Pattern.compile("\\G\\s*(?:(W/)?(\"[^\"\\x00-\\x20\\x7f]*\")|(\\*))\\s*(?:,|$)");

  private EntityTags() {}

  static Preconditions preconditions(HttpServletRequest request) {
    return new Preconditions(strong(request, "If-Match"), weak(request, "If-None-Match"));
  }

  /// A header's tags for strong comparison: a weak tag equals nothing, not even itself.
  static List<String> strong(HttpServletRequest request, String header) {
    return parse(request.getHeaders(header), header, true);
  }

  static List<String> weak(HttpServletRequest request, String header) {
    return parse(request.getHeaders(header), header, false);
  }

  private static List<String> parse(Enumeration<String> lines, String header, boolean strong) {
    List<String> tags = new ArrayList<>();
    for (String line : Collections.list(lines)) {
      Matcher m = TAG.matcher(line);
      int end = 0;
      while (end < line.length() && m.find()) {
        String tag = m.group(3) == null ? m.group(2) : "*";
        tags.add(strong && m.group(1) != null ? "W/" + tag : tag);
        end = m.end();
      }
      if (end < line.length() || line.isBlank()) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST, header + " takes quoted tags, or *.");
      }
    }
    return tags;
  }
}
