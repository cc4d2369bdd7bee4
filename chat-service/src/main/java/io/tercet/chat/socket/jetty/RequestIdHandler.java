package io.tercet.chat.socket.jetty;

import io.tercet.chat.problem.RequestId;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Gives each request its id: in the answer, and in each line that its thread logs. An answer of
/// 400 or more is a line of the log. It has no path, which may contain names of people and rooms.
///
/// Immutable; any thread.
final class RequestIdHandler extends Handler.Wrapper implements RequestLog {

  private static final Logger log = LoggerFactory.getLogger(RequestIdHandler.class);
  private static final String ATTRIBUTE = RequestId.class.getName();
  private static final int FIRST_ERROR = 400;

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = id(request);
    response.getHeaders().put(RequestId.HEADER, id);
    try (var _ = MDC.putCloseable(RequestId.MEMBER, id)) {
      return super.handle(request, response, callback);
    }
  }

  /// The id of a request; this handler has not seen those that Jetty refuses itself.
  static String id(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = RequestId.of(request.getHeaders().get(RequestId.HEADER));
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  @Override
  public void log(Request request, Response response) {
    if (response.getStatus() >= FIRST_ERROR) {
      String sent = response.getHeaders().get(RequestId.HEADER);
      try (var _ = MDC.putCloseable(RequestId.MEMBER, sent == null ? id(request) : sent)) {
        log.info("answered {} to {}", response.getStatus(), request.getMethod());
      }
    }
  }
}
