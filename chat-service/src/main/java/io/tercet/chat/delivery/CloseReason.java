package io.tercet.chat.delivery;

/// Why a connection is closed by us, as contracts/chat/frames.md lists it. 4000–4499 ask the client
/// to come back, 4500–4999 ask it not to.
public enum CloseReason {
  DRAINING(4000, "the service restarts"),
  IDLE(4001, "nothing was heard for too long"),
  OVERLOADED(4002, "too much for this service"),
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

  /// What stands beside it, for people who read traces.
  public String text() {
    return text;
  }
}
