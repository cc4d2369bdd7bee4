package io.tercet.files.problem;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers with a problem where Tomcat would write an HTML page: for requests that never reach a
/// servlet (an encoded slash, a NUL, a malformed target), and for errors that no filter handled.
///
/// It is public with a public constructor because Tomcat creates it by its class name.
public final class ProblemValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  /// Ends the connection of a request that took too long. Tomcat would read the rest of its body
  /// first, as slowly as it comes.
  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    super.invoke(request, response);
    if (response.getStatus() == ProblemType.REQUEST_TIMEOUT.status()) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    try {
      ProblemWriter.write(response, type(request, status, throwable), null);
      response.finishResponse();
    } catch (IOException e) {
      log.debug("client went: cause={}", e.toString());
    }
  }

  private static ProblemType type(Request request, int status, @Nullable Throwable throwable) {
    // After a body that is incomplete (400) or stops to come (408), Tomcat discards our answer and
    // calls this valve.
    if (status == 400 && throwable instanceof IOException) {
      return ProblemType.UPLOAD_INCOMPLETE;
    }
    if (status == 408 && throwable instanceof IOException) {
      return ProblemType.REQUEST_TIMEOUT;
    }
    if (throwable != null) {
      log.error("request failed", throwable);
    }
    String target = request.getRequestURI();
    boolean path = status == 400 && target != null && target.startsWith("/api/files/");
    return path ? ProblemType.INVALID_PATH : ProblemType.ofStatus(status);
  }
}
