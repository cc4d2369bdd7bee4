package io.tercet.http.connection;

import io.tercet.http.message.Handler;
import io.tercet.http.parse.Limits;
import io.tercet.http.render.HeadRenderer;

/// What all conversations of one server share. Immutable.
public record Protocol(
    Handler handler, Limits limits, Deadlines deadlines, HeadRenderer renderer, Observer observer) {

  /// The same, but each connection is closed after its first response.
  public Protocol oneRequestPerConnection() {
    return new Protocol(handler, limits, deadlines.withRequestsMax(1), renderer, observer);
  }
}
