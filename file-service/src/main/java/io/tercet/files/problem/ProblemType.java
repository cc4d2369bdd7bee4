package io.tercet.files.problem;

import java.net.URI;

/// The problems of this service; contracts/problems.md lists them.
public enum ProblemType {
  INVALID_REQUEST("invalid-request", 400, "The request cannot be understood"),
  INVALID_NAME("invalid-name", 400, "This name cannot be used"),
  INVALID_PATH("invalid-path", 400, "This path cannot be used"),
  INVALID_RANGE("invalid-range", 416, "The range lies outside the file"),
  UNAUTHENTICATED("unauthenticated", 401, "Sign in first"),
  WRONG_PASSWORD("wrong-password", 401, "Name or password is wrong"),
  GUESTS_NOT_ALLOWED("guests-not-allowed", 403, "Guests may not do this"),
  CREATOR_ONLY("creator-only", 403, "Only the creator of the room may do this"),
  NOT_FOUND("not-found", 404, "There is nothing here"),
  ROOM_NOT_FOUND("room-not-found", 404, "There is no such room, or you are not in it"),
  FILE_NOT_FOUND("file-not-found", 404, "There is no such file"),
  SITE_NOT_FOUND("site-not-found", 404, "There is no such site"),
  REQUEST_TIMEOUT("request-timeout", 408, "The request took too long to arrive"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This cannot be done here"),
  NOT_ACCEPTABLE("not-acceptable", 406, "It does not exist in this form"),
  NAME_RESEMBLES("name-resembles", 409, "This name looks like one that is taken"),
  NAME_TAKEN("name-taken", 409, "This name belongs to somebody else"),
  PATH_TAKEN("path-taken", 409, "Something of this name is there already"),
  LENGTH_REQUIRED("length-required", 411, "The length of the content is missing"),
  PRECONDITION_FAILED("precondition-failed", 412, "It has changed since"),
  TOO_LARGE("too-large", 413, "This is too large"),
  QUOTA_EXCEEDED("quota-exceeded", 413, "There is no space left for this person or room"),
  SITE_TOO_LARGE("site-too-large", 413, "This site is too large"),
  TARGET_TOO_LONG("target-too-long", 414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This kind of content is not understood"),
  EXPECTATION_FAILED("expectation-failed", 417, "This expectation cannot be met"),
  MISDIRECTED_REQUEST("misdirected-request", 421, "This name leads to no Tercet"),
  DIGEST_MISMATCH("digest-mismatch", 422, "The bytes are not the ones that were announced"),
  UPLOAD_INCOMPLETE("upload-incomplete", 400, "The upload ended too early"),
  TOO_FAST("too-fast", 429, "Slow down"),
  TOO_MANY_UPLOADS("too-many-uploads", 429, "Too many uploads at once"),
  TOO_MANY_ATTEMPTS("too-many-attempts", 429, "Too many attempts; wait a little"),
  HEADERS_TOO_LARGE("headers-too-large", 431, "The request's headers are too large"),
  INTERNAL_ERROR("internal-error", 500, "Something went wrong here"),
  NOT_IMPLEMENTED("not-implemented", 501, "This is not done here"),
  SERVICE_UNAVAILABLE("service-unavailable", 503, "A part of Tercet is not answering"),
  VERSION_NOT_SUPPORTED("version-not-supported", 505, "This version of HTTP is not spoken"),
  STORAGE_FULL("storage-full", 507, "There is no room left to store this");

  private final String slug;
  private final int status;
  private final String title;

  ProblemType(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  public String slug() {
    return slug;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public URI uri() {
    return URI.create("urn:tercet:problem:" + slug);
  }

  /// The problem for a status that Spring or Tomcat chose.
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> UNAUTHENTICATED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 411 -> LENGTH_REQUIRED;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> TOO_LARGE;
      case 414 -> TARGET_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 417 -> EXPECTATION_FAILED;
      case 431 -> HEADERS_TOO_LARGE;
      case 501 -> NOT_IMPLEMENTED;
      case 503 -> SERVICE_UNAVAILABLE;
      case 505 -> VERSION_NOT_SUPPORTED;
      case 507 -> STORAGE_FULL;
      default -> status >= 500 ? INTERNAL_ERROR : INVALID_REQUEST;
    };
  }
}
