package io.tercet.files.problem;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Gives each request its id: in the answer, and in each line that its thread logs. An answer of
/// 400 or more is a line of the log. It has no path, which may contain names of files.
///
/// It is the first valve. Immutable; any thread.
public final class RequestIdValve extends ValveBase {
  private static final Logger log = LoggerFactory.getLogger(RequestIdValve.class);
  private static final int FIRST_ERROR = 400;

  public RequestIdValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String id = RequestId.of(request.getHeader(RequestId.HEADER));
    response.setHeader(RequestId.HEADER, id);
    try (var _ = MDC.putCloseable(RequestId.MEMBER, id)) {
      getNext().invoke(request, response);
      if (response.getStatus() >= FIRST_ERROR) {
        log.info("answered {} to {}", response.getStatus(), request.getMethod());
      }
    }
  }
}
