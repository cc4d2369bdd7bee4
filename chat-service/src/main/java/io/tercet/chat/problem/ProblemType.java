package io.tercet.chat.problem;

import java.net.URI;
import java.util.Locale;

/// All problems that chat-service answers with, as in contracts/problems.md.
///
/// The slug of a constant is its name in lower case with hyphens.
public enum ProblemType {
  INVALID_REQUEST(400, "The request cannot be understood"),
  INVALID_NAME(400, "This name cannot be used"),
  UNAUTHENTICATED(401, "Sign in first"),
  SESSION_ENDED(401, "The session has ended"),
  WRONG_PASSWORD(401, "Name or password is wrong"),
  GUESTS_NOT_ALLOWED(403, "Guests may not do this"),
  INVITATIONS_BLOCKED(403, "This person takes no invitations from you"),
  NOT_FOUND(404, "There is nothing here"),
  ROOM_NOT_FOUND(404, "There is no such room, or you are not in it"),
  PERSON_NOT_FOUND(404, "There is no such person"),
  METHOD_NOT_ALLOWED(405, "This cannot be done here"),
  NAME_TAKEN(409, "This name belongs to somebody else"),
  NAME_RESEMBLES(409, "This name looks like one that is taken"),
  ROOM_NAME_TAKEN(409, "A room of this name exists"),
  CLIENT_MESSAGE_ID_REUSED(409, "This clientMessageId was used for another message"),
  TOO_LARGE(413, "This is too large"),
  MESSAGE_TOO_LONG(413, "The message is too long"),
  MESSAGE_EMPTY(400, "The message is empty"),
  UNSUPPORTED_MEDIA_TYPE(415, "This kind of content is not understood"),
  UPGRADE_REQUIRED(426, "Another version of the protocol is needed"),
  TOO_FAST(429, "Slow down"),
  TOO_MANY_ATTEMPTS(429, "Too many attempts; wait a little"),
  TOO_MANY_SUBSCRIPTIONS(409, "Too many rooms on one socket"),
  TOO_MANY_INVITATIONS(409, "Too many open invitations"),
  TOO_MANY_BLOCKED(409, "Too many blocked people"),
  UNKNOWN_FRAME(400, "There is no frame of this type"),
  INVALID_FRAME(400, "The frame cannot be understood"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  SERVICE_UNAVAILABLE(503, "A part of Tercet is not answering"),
  SERVICE_TIMEOUT(504, "A part of Tercet takes too long to answer");

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
}
