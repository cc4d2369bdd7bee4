package io.tercet.chat.problem;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/// Answers every exception of the HTTP doors with a problem document.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  /// `Retry-After` for a service that does not answer: nobody knows when it will.
  private static final long UNAVAILABLE_SECONDS = 5;

  private final ClientAborts aborts;

  ProblemAdvice(ClientAborts aborts) {
    this.aborts = aborts;
  }

  @ExceptionHandler(ProblemException.class)
  ResponseEntity<ProblemDetail> known(ProblemException problem) {
    ResponseEntity<ProblemDetail> answer =
        answer(problem.type(), problem.detail(), problem.retryAfterSeconds());
    ProblemDetail document = answer.getBody();
    if (document != null && problem.resembled() != null) {
      document.setProperty("resembles", problem.resembled());
    }
    return answer;
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> unexpected(Exception failure) {
    // Only what the web server throws itself: the database, too, may lose a connection.
    if (failure instanceof IOException
        && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      aborts.count(failure);
    } else {
      log.error("request failed: {}", failure.toString(), failure);
    }
    return answer(
        ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.title(), OptionalLong.empty());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (exception instanceof HttpMessageNotReadableException
        && NestedExceptionUtils.getMostSpecificCause(exception) instanceof IOException cause) {
      aborts.count(cause);
    }
    ProblemType type = ProblemType.ofStatus(status.value());
    return ResponseEntity.status(type.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(ProblemWriter.document(type, hint(exception, type, body)));
  }

  private static ResponseEntity<ProblemDetail> answer(
      ProblemType type, String detail, OptionalLong retryAfterSeconds) {
    var answer =
        ResponseEntity.status(type.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (retryAfterSeconds.isPresent() || type.status() == 503) {
      answer.header(
          HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds.orElse(UNAVAILABLE_SECONDS)));
    }
    return answer.body(ProblemWriter.document(type, detail));
  }

  /// What to do about a request that Spring refused.
  private static String hint(Exception refused, ProblemType type, @Nullable Object body) {
    return switch (refused) {
      case HttpMessageNotReadableException _ -> "The body is not the JSON that belongs here.";
      case MethodArgumentTypeMismatchException mismatch ->
          "The value of `" + mismatch.getName() + "` cannot be used.";
      case HttpRequestMethodNotSupportedException method ->
          "Use one of " + method.getSupportedHttpMethods() + ".";
      case HttpMediaTypeNotSupportedException media ->
          "Send one of " + media.getSupportedMediaTypes() + ".";
      default ->
          type == ProblemType.INVALID_REQUEST
                  && body instanceof ProblemDetail document
                  && document.getDetail() != null
              ? document.getDetail()
              : type.title();
    };
  }
}
