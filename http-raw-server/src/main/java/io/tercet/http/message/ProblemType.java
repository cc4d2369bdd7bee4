package io.tercet.http.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.io.JsonStringEncoder;

/// The problems that clients are told: `urn:tercet:problem:<slug>`. contracts/problems.md lists
/// all.
///
/// Source: RFC 9457.
public enum ProblemType {
  INVALID_REQUEST("invalid-request", Status.BAD_REQUEST, "The request cannot be understood"),
  INVALID_PATH("invalid-path", Status.BAD_REQUEST, "This path cannot be used"),
  UNAUTHENTICATED("unauthenticated", Status.UNAUTHORIZED, "Sign in first"),
  WRONG_TOKEN("wrong-token", Status.FORBIDDEN, "This token opens nothing here"),
  NOT_FOUND("not-found", Status.NOT_FOUND, "There is nothing here"),
  SITE_NOT_FOUND("site-not-found", Status.NOT_FOUND, "There is no such site"),
  MODEL_NOT_FOUND("model-not-found", Status.NOT_FOUND, "There is no such model"),
  MODEL_CANNOT_START("model-cannot-start", Status.CONFLICT, "This model cannot start now"),
  METHOD_NOT_ALLOWED("method-not-allowed", Status.METHOD_NOT_ALLOWED, "This cannot be done here"),
  NOT_ACCEPTABLE("not-acceptable", Status.NOT_ACCEPTABLE, "It does not exist in this form"),
  REQUEST_TIMEOUT("request-timeout", Status.REQUEST_TIMEOUT, "The request took too long to arrive"),
  PRECONDITION_FAILED("precondition-failed", Status.PRECONDITION_FAILED, "It has changed since"),
  TOO_LARGE("too-large", Status.CONTENT_TOO_LARGE, "This is too large"),
  TARGET_TOO_LONG("target-too-long", Status.URI_TOO_LONG, "The address is too long"),
  INVALID_RANGE("invalid-range", Status.RANGE_NOT_SATISFIABLE, "The range lies outside the file"),
  EXPECTATION_FAILED(
      "expectation-failed", Status.EXPECTATION_FAILED, "This expectation cannot be met"),
  HEADERS_TOO_LARGE(
      "headers-too-large", Status.HEADERS_TOO_LARGE, "The request's headers are too large"),
  TOO_MANY_CONNECTIONS(
      "too-many-connections", Status.TOO_MANY_REQUESTS, "Too many connections at once"),
  INTERNAL_ERROR("internal-error", Status.INTERNAL_SERVER_ERROR, "Something went wrong here"),
  NOT_IMPLEMENTED("not-implemented", Status.NOT_IMPLEMENTED, "This is not done here"),
  SERVICE_UNAVAILABLE(
      "service-unavailable", Status.SERVICE_UNAVAILABLE, "A part of Tercet is not answering"),
  OVERLOADED(
      "overloaded", Status.SERVICE_UNAVAILABLE, "The server has too much to do; try again soon"),
  VERSION_NOT_SUPPORTED(
      "version-not-supported", Status.VERSION_NOT_SUPPORTED, "This version of HTTP is not spoken");

  private static final Fields JSON =
      Fields.of(
          "Content-Type", "application/problem+json",
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff");

  private final String slug;
  private final Status status;
  private final String title;

  ProblemType(String slug, Status status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  /// The last part of the type.
  public String slug() {
    return slug;
  }

  /// The status it is sent with.
  public Status status() {
    return status;
  }

  /// One sentence, always the same.
  public String title() {
    return title;
  }

  /// The response with this problem; `detail` tells the client what to do.
  public Response response(String detail) {
    return response(detail, Fields.NONE);
  }

  /// The response with this problem and more fields.
  public Response response(String detail, Fields more) {
    String body =
        "{\"type\":\"urn:tercet:problem:%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}\n"
            .formatted(slug, title, status.code(), escaped(detail));
    Fields fields = more.length() == 0 ? JSON : JSON.and(more);
    return Response.of(status, fields, body.getBytes(UTF_8));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    JsonStringEncoder.getInstance().quoteAsString(text, escaped);
    return escaped.toString();
  }
}
