package io.tercet.gateway.problem;

import org.springframework.http.HttpStatus;

/// Every problem that the gateway itself answers with. Source: contracts/problems.md.
public enum ProblemType {
  INVALID_REQUEST("invalid-request", HttpStatus.BAD_REQUEST, "The request cannot be understood"),
  INVALID_PATH("invalid-path", HttpStatus.BAD_REQUEST, "This path cannot be used"),
  UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "Sign in first"),
  SESSION_ENDED("session-ended", HttpStatus.UNAUTHORIZED, "The session has ended"),
  FOREIGN_ORIGIN("foreign-origin", HttpStatus.FORBIDDEN, "The request comes from another site"),
  NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is nothing here"),
  SITE_NOT_FOUND("site-not-found", HttpStatus.NOT_FOUND, "There is no such site"),
  MISDIRECTED_REQUEST(
      "misdirected-request", HttpStatus.MISDIRECTED_REQUEST, "This name leads to no Tercet"),
  METHOD_NOT_ALLOWED(
      "method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "This cannot be done here"),
  REQUEST_TIMEOUT(
      "request-timeout", HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive"),
  LENGTH_REQUIRED(
      "length-required", HttpStatus.LENGTH_REQUIRED, "The length of the content is missing"),
  TOO_LARGE("too-large", HttpStatus.CONTENT_TOO_LARGE, "This is too large"),
  TARGET_TOO_LONG("target-too-long", HttpStatus.URI_TOO_LONG, "The address is too long"),
  HEADERS_TOO_LARGE(
      "headers-too-large",
      HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
      "The request's headers are too large"),
  EXPECTATION_FAILED(
      "expectation-failed", HttpStatus.EXPECTATION_FAILED, "This expectation cannot be met"),
  UPGRADE_REQUIRED(
      "upgrade-required", HttpStatus.UPGRADE_REQUIRED, "Another version of the protocol is needed"),
  TOO_FAST("too-fast", HttpStatus.TOO_MANY_REQUESTS, "Slow down"),
  INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
  NOT_IMPLEMENTED("not-implemented", HttpStatus.NOT_IMPLEMENTED, "This is not done here"),
  VERSION_NOT_SUPPORTED(
      "version-not-supported",
      HttpStatus.HTTP_VERSION_NOT_SUPPORTED,
      "This version of HTTP is not spoken"),
  OVERLOADED(
      "overloaded",
      HttpStatus.SERVICE_UNAVAILABLE,
      "The server has too much to do; try again soon"),
  SERVICE_UNAVAILABLE(
      "service-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A part of Tercet is not answering"),
  SERVICE_TIMEOUT(
      "service-timeout", HttpStatus.GATEWAY_TIMEOUT, "A part of Tercet takes too long to answer");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  ProblemType(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  /// The type that a client matches on.
  public String urn() {
    return "urn:tercet:problem:" + slug;
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }
}
