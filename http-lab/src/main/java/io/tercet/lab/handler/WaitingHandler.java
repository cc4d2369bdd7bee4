package io.tercet.lab.handler;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.time.Duration;

/// Answers after a wait, as a handler does that asks a database: the processor has nothing to do.
///
/// It does what [Handler] asks handlers not to do. A thread that serves one connection waits alone;
/// a virtual thread gives its carrier back while it waits; an event loop waits with all its
/// connections. The handler exists to show that difference.
public final class WaitingHandler implements Handler {
  private static final Fields TEXT = Fields.of("Content-Type", "text/plain");
  private static final byte[] OK = "ok\n".getBytes(US_ASCII);

  private final Duration time;

  /// @param time of each wait
  public WaitingHandler(Duration time) {
    this.time = time;
  }

  @Override
  public Response handle(Request request) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return Response.of(Status.OK, TEXT, OK);
  }
}
