package io.tercet.chat.delivery.outbound;

/// Why this service closes a connection, as contracts/chat/frames.md lists it. After 4000–4499 a
/// client reconnects, after 4500–4999 it does not.
public enum CloseReason {
  DRAINING(4000, "the service restarts"),
  IDLE(4001, "nothing was heard for too long"),
  OVERLOADED(4002, "too much for this service"),
  SLOW(4003, "too much waits to be read"),
  SIGNED_OUT(4500, "signed out"),
  MALFORMED(4501, "not a frame"),
  TOO_BIG(4502, "message too big");

  private final int code;
  private final String text;

  CloseReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The close code on the wire.
  public int code() {
    return code;
  }

  /// The reason beside the code, for people who read traces.
  public String text() {
    return text;
  }
}
