package io.tercet.files.problem;

import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Turns every exception of a controller or of the dispatcher servlet into a problem.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  private final ClientAborts aborts;

  ProblemAdvice(ClientAborts aborts) {
    this.aborts = aborts;
  }

  @ExceptionHandler
  ResponseEntity<Object> problem(ProblemException problem) {
    if (problem.type() == ProblemType.UPLOAD_INCOMPLETE) {
      aborts.count(problem);
    }
    if (problem.type().status() >= 500) {
      // One line: a full disk refuses every request, and has no space for a trace of each.
      log.warn("request refused: {} {}", problem.getMessage(), cause(problem));
    }
    HttpHeaders headers = new HttpHeaders();
    if (problem.retryAfter() != null) {
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter().toSeconds()));
    }
    ResponseEntity<Object> answer = answer(problem.type(), problem.detail(), headers);
    if (answer.getBody() instanceof ProblemDetail body) {
      problem.members().forEach(body::setProperty);
    }
    return answer;
  }

  private static String cause(ProblemException problem) {
    return problem.getCause() == null ? "" : "cause=" + problem.getCause();
  }

  /// The connection broke during the answer, or must end: Tomcat closes it.
  @ExceptionHandler
  @Nullable ResponseEntity<Object> connectionBroke(IOException e) throws IOException {
    if (!(e instanceof ClientAbortException)) {
      throw e;
    }
    aborts.count(e);
    return null;
  }

  @ExceptionHandler
  ResponseEntity<Object> unexpected(RuntimeException e) {
    log.error("request failed", e);
    return answer(ProblemType.INTERNAL_ERROR, null, new HttpHeaders());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemType type = ProblemType.ofStatus(status.value());
    if (type == ProblemType.INTERNAL_ERROR) {
      log.error("request failed", e);
    }
    return answer(type, detail(e), headers);
  }

  private static @Nullable String detail(Exception e) {
    return switch (e) {
      case HttpRequestMethodNotSupportedException method ->
          "Use one of " + String.valueOf(method.getSupportedHttpMethods()) + ".";
      case HttpMediaTypeNotSupportedException media ->
          "Send one of " + media.getSupportedMediaTypes() + ".";
      case HttpMessageNotReadableException _ -> "The body is not the JSON that belongs here.";
      default -> null;
    };
  }

  private static ResponseEntity<Object> answer(
      ProblemType type, @Nullable String detail, HttpHeaders given) {
    HttpHeaders headers = new HttpHeaders(); // the given ones may be read-only
    headers.putAll(given);
    ProblemDetail body = ProblemDetail.forStatus(HttpStatus.valueOf(type.status()));
    body.setType(type.uri());
    body.setTitle(type.title());
    if (detail != null && type.status() < 500) {
      body.setDetail(detail);
    }
    RequestId.current().ifPresent(id -> body.setProperty(RequestId.MEMBER, id));
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.setContentLanguage(Locale.ENGLISH);
    return ResponseEntity.status(type.status()).headers(headers).body(body);
  }
}
