package io.tercet.files.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers with a problem where Tomcat would write an HTML page: for requests that never reach a
/// servlet (an encoded slash, a NUL, a malformed target), and for errors that no filter handled.
///
/// It is public with a public constructor because Tomcat creates it by its class name.
public final class ProblemValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

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
    if (status == 400 && throwable instanceof IOException) {
      // After an incomplete body, Tomcat discards our answer and calls this valve.
      return ProblemType.UPLOAD_INCOMPLETE;
    }
    if (throwable != null) {
      log.error("request failed", throwable);
    }
    String target = request.getRequestURI();
    boolean path = status == 400 && target != null && target.startsWith("/api/files/");
    return path ? ProblemType.INVALID_PATH : ProblemType.ofStatus(status);
  }
}
