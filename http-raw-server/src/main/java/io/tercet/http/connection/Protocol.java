package io.tercet.http.connection;

import io.tercet.http.message.Handler;
import io.tercet.http.parse.Limits;
import io.tercet.http.render.HeadRenderer;
import org.jspecify.annotations.Nullable;

/// What all conversations of one server share.
///
/// @param memory that all that is unfinished may take together
/// @param log null if nothing is written, which then costs nothing
public record Protocol(
    Handler handler,
    Limits limits,
    Deadlines deadlines,
    HeadRenderer renderer,
    Observer observer,
    Callers callers,
    MemoryBudget memory,
    @Nullable AccessLog log) {

  /// Without a difference between callers, with the usual room in memory, and without a log.
  public Protocol(
      Handler handler,
      Limits limits,
      Deadlines deadlines,
      HeadRenderer renderer,
      Observer observer) {
    this(
        handler,
        limits,
        deadlines,
        renderer,
        observer,
        Callers.any(),
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
  public Protocol oneRequestPerConnection() {
    return new Protocol(
        handler, limits, deadlines.withRequestsMax(1), renderer, observer, callers, memory, log);
  }
}
