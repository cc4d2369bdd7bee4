package io.tercet.files.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes a problem without a controller: in filters, and for errors of Tomcat itself.
public final class ProblemWriter {
  private ProblemWriter() {}

  /// Replaces the response by the problem. Does nothing if the response has already begun.
  public static void write(HttpServletResponse response, ProblemType type, @Nullable String detail)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = json(type, detail).getBytes(StandardCharsets.UTF_8);
    response.resetBuffer();
    response.setStatus(type.status());
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  static String json(ProblemType type, @Nullable String detail) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"type\":\"").append(type.uri()).append("\",\"title\":\"").append(type.title());
    json.append("\",\"status\":").append(type.status());
    if (detail != null && type.status() < 500) {
      json.append(",\"detail\":\"");
      detail.codePoints().forEach(c -> escape(json, c));
      json.append('"');
    }
    return json.append('}').toString();
  }

  private static void escape(StringBuilder json, int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      json.append('\\').appendCodePoint(codePoint);
    } else if (Character.isISOControl(codePoint)) {
      json.append(String.format("\\u%04x", codePoint));
    } else {
      json.appendCodePoint(codePoint);
    }
  }
}
