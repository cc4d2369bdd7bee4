package io.tercet.system.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// An HTTP answer, whole.
public record Answer(int status, HttpHeaders headers, byte[] body) {

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /// The body as text.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The body as JSON.
  public JsonNode json() {
    return Json.parse(text());
  }

  /// A header's first value, or an empty string.
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// The status and, where the body is a problem of ours, its slug: `404 room-not-found`.
  public String outcome() {
    if (!header("Content-Type").startsWith("application/problem+json")) {
      return "" + status;
    }
    return status + " " + json().path("type").asString().replace("urn:tercet:problem:", "");
  }

  /// The answer itself if the status is one of these.
  ///
  /// @throws IllegalStateException otherwise, with what was answered
  public Answer expect(int... statuses) {
    for (int wanted : statuses) {
      if (status == wanted) {
        return this;
      }
    }
    throw new IllegalStateException("answered " + status + ": " + text());
  }
}
