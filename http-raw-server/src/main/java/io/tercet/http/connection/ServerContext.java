package io.tercet.http.connection;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.message.Handler;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.render.HeadRenderer;
import org.jspecify.annotations.Nullable;

/// What all conversations of one server share.
///
/// @param memory that all that is unfinished may take together
/// @param log null if nothing is written, which then costs nothing
public record ServerContext(
    Handler handler,
    RequestLimits limits,
    ConnectionLimits deadlines,
    HeadRenderer renderer,
    Observer observer,
    ConnectionLimiter callers,
    MemoryBudget memory,
    @Nullable AccessLog log) {

  /// Without a difference between callers, with the usual room in memory, and without a log.
  public ServerContext(
      Handler handler,
      RequestLimits limits,
      ConnectionLimits deadlines,
      HeadRenderer renderer,
      Observer observer) {
    this(
        handler,
        limits,
        deadlines,
        renderer,
        observer,
        ConnectionLimiter.any(),
        new MemoryBudget(MemoryBudget.BYTES_MAX),
        null);
  }

  /// Tells what a handler threw; or throws it on, if nobody can go on after it.
  void failed(Throwable failure) {
    if (failure instanceof VirtualMachineError broken && !(failure instanceof StackOverflowError)) {
      throw broken;
    }
    observer.failed(failure);
  }

  /// The same, but each connection is closed after its first response.
  public ServerContext oneRequestPerConnection() {
    return new ServerContext(
        handler, limits, deadlines.withRequestsMax(1), renderer, observer, callers, memory, log);
  }
}
