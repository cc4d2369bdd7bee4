package io.tercet.http.connection;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.message.Handler;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.render.HeadRenderer;
import org.jspecify.annotations.Nullable;

/// What all conversations of one server share.
///
/// @param memory for unfinished work of all conversations together
/// @param log null without an access log, which then costs nothing
public record ServerContext(
    Handler handler,
    RequestLimits limits,
    ConnectionLimits deadlines,
    HeadRenderer renderer,
    Observer observer,
    ConnectionLimiter limiter,
    MemoryBudget memory,
    @Nullable AccessLog log) {

  /// Tells the observer what a handler threw. Throws it again if the virtual machine cannot go on.
  void failed(Throwable failure) {
    if (failure instanceof VirtualMachineError broken && !(failure instanceof StackOverflowError)) {
      throw broken;
    }
    observer.failed(failure);
  }

  /// The same, but each connection is closed after its first response.
  public ServerContext oneRequestPerConnection() {
    return new ServerContext(
        handler, limits, deadlines.withRequestsMax(1), renderer, observer, limiter, memory, log);
  }
}
