package io.tercet.chat.problem;

import java.net.URI;
import java.util.Locale;

/// All problems that chat-service answers with, as in contracts/problems.md.
///
/// The slug of a constant is its name in lower case with hyphens.
public enum ProblemType {
  INVALID_REQUEST(400, "The request cannot be understood"),
  INVALID_NAME(400, "This name cannot be used"),
  INVALID_PICTURE(400, "This picture cannot be read"),
  UNAUTHENTICATED(401, "Sign in first"),
  SESSION_ENDED(401, "The session has ended"),
  WRONG_PASSWORD(401, "Name or password is wrong"),
  GUESTS_NOT_ALLOWED(403, "Guests may not do this"),
  AUTHOR_ONLY(403, "Only who wrote the message may do this"),
  EDIT_TIME_OVER(403, "The message is too old to be changed"),
  INVITATIONS_BLOCKED(403, "This person takes no invitations from you"),
  MESSAGES_BLOCKED(403, "This person takes no messages from you"),
  NOT_FOUND(404, "There is nothing here"),
  ROOM_NOT_FOUND(404, "There is no such room, or you are not in it"),
  PERSON_NOT_FOUND(404, "There is no such person"),
  MESSAGE_NOT_FOUND(404, "There is no such message"),
  METHOD_NOT_ALLOWED(405, "This cannot be done here"),
  NOT_ACCEPTABLE(406, "It does not exist in this form"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  NAME_TAKEN(409, "This name belongs to somebody else"),
  NAME_RESEMBLES(409, "This name looks like one that is taken"),
  ROOM_NAME_TAKEN(409, "A room of this name exists"),
  CLIENT_MESSAGE_ID_REUSED(409, "This clientMessageId was used for another message"),
  TOO_MANY_EDITS(409, "This message was edited too often"),
  TOO_MANY_REACTIONS(409, "This message has too many different reactions"),
  TOO_MANY_PINS(409, "This room has too many pinned messages"),
  MESSAGE_DELETED(410, "This message was deleted"),
  PRECONDITION_FAILED(412, "It has changed since"),
  TOO_LARGE(413, "This is too large"),
  MESSAGE_TOO_LONG(413, "The message is too long"),
  MESSAGE_EMPTY(400, "The message is empty"),
  TARGET_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "This kind of content is not understood"),
  EXPECTATION_FAILED(417, "This expectation cannot be met"),
  MISDIRECTED_REQUEST(421, "This name leads to no Tercet"),
  UPGRADE_REQUIRED(426, "Another version of the protocol is needed"),
  TOO_FAST(429, "Slow down"),
  TOO_MANY_ATTEMPTS(429, "Too many attempts; wait a little"),
  HEADERS_TOO_LARGE(431, "The request's headers are too large"),
  TOO_MANY_SUBSCRIPTIONS(409, "Too many rooms on one socket"),
  TOO_MANY_INVITATIONS(409, "Too many open invitations"),
  TOO_MANY_BLOCKED(409, "Too many blocked people"),
  DIRECT_CONVERSATION(409, "A direct conversation always has the same people"),
  TOO_MANY_CONVERSATIONS(409, "Too many direct conversations"),
  UNKNOWN_FRAME(400, "There is no frame of this type"),
  INVALID_FRAME(400, "The frame cannot be understood"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  NOT_IMPLEMENTED(501, "This is not done here"),
  SERVICE_UNAVAILABLE(503, "A part of Tercet is not answering"),
  SERVICE_TIMEOUT(504, "A part of Tercet takes too long to answer"),
  VERSION_NOT_SUPPORTED(505, "This version of HTTP is not spoken");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// The name of the problem: in `type` over HTTP, in `problem` over the WebSocket.
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The value of `type` in a problem document.
  public URI uri() {
    return URI.create("urn:tercet:problem:" + slug());
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The text for a person when there is no detail.
  public String title() {
    return title;
  }

  /// The problem for a status that Spring or Jetty chose.
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> UNAUTHENTICATED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> TOO_LARGE;
      case 414 -> TARGET_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 417 -> EXPECTATION_FAILED;
      case 426 -> UPGRADE_REQUIRED;
      case 431 -> HEADERS_TOO_LARGE;
      case 501 -> NOT_IMPLEMENTED;
      case 503 -> SERVICE_UNAVAILABLE;
      case 505 -> VERSION_NOT_SUPPORTED;
      default -> status >= 500 ? INTERNAL_ERROR : INVALID_REQUEST;
    };
  }
}
