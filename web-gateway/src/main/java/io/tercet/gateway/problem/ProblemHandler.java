package io.tercet.gateway.problem;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Turns every failure into an answer; no other code does.
///
/// A browser that asks for a page gets a small page that reloads itself; every other client gets
/// problem+json. If the answer has already begun, the handler closes the connection, so that the
/// client sees a broken answer and not a short one.
@Component
@Order(-2)
final class ProblemHandler implements ErrorWebExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
  private static final int RETRY_SECONDS = 3;

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    var problem = problemOf(failure);
    var type = problem.type();
    var id = RequestId.of(exchange);
    log(id, exchange.getRequest(), type, failure);
    var response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(failure);
    }
    var headers = response.getHeaders();
    headers.clear();
    response.setStatusCode(type.status());
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    if (type == ProblemType.SERVICE_UNAVAILABLE) {
      headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_SECONDS));
    }
    if (type == ProblemType.REQUEST_TIMEOUT) {
      // The rest of the request may take as long again.
      headers.set(HttpHeaders.CONNECTION, "close");
    }
    problem.headers().forEach(headers::set);
    byte[] body;
    if (type.status().is5xxServerError() && wantsPage(exchange.getRequest())) {
      headers.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
      body = UnavailablePage.of(type.title(), RETRY_SECONDS, id);
    } else {
      headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
      body = ProblemBody.of(type, problem.detail(), id);
    }
    headers.setContentLength(body.length);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }

  private static ProblemException problemOf(Throwable failure) {
    return switch (failure) {
      case ProblemException problem -> problem;
      case ErrorResponse answer -> ofStatus(answer.getStatusCode().value());
      // If a connection cannot be opened in time, the service is down and not slow.
      case ConnectTimeoutException _ -> new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "");
      case TimeoutException _ -> new ProblemException(ProblemType.SERVICE_TIMEOUT, "");
      case IOException _ -> new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "");
      default -> new ProblemException(ProblemType.INTERNAL_ERROR, "");
    };
  }

  private static ProblemException ofStatus(int status) {
    return switch (status) {
      case 404 ->
          new ProblemException(ProblemType.NOT_FOUND, "No part of Tercet has this address.");
      case 405 -> ProblemException.methodNotAllowed();
      case 413 -> new ProblemException(ProblemType.TOO_LARGE, "Send less at once.");
      case 503 -> new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "");
      case 504 -> new ProblemException(ProblemType.SERVICE_TIMEOUT, "");
      default ->
          status < 500
              ? new ProblemException(ProblemType.INVALID_REQUEST, "Check the request's form.")
              : new ProblemException(ProblemType.INTERNAL_ERROR, "");
    };
  }

  /// Whether a browser asks for a page. Scripts accept JSON or anything, or use API paths.
  private static boolean wantsPage(ServerHttpRequest request) {
    return HttpMethod.GET.equals(request.getMethod())
        && !request.getURI().getRawPath().startsWith("/api/")
        && request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT).stream()
            .anyMatch(accept -> accept.contains(MediaType.TEXT_HTML_VALUE));
  }

  private static void log(
      String id, ServerHttpRequest request, ProblemType type, Throwable failure) {
    if (type == ProblemType.INTERNAL_ERROR) {
      LOG.error("request failed id={} method={}", id, request.getMethod(), failure);
    } else if (type == ProblemType.OVERLOADED) {
      LOG.warn("overloaded id={} cause={}", id, failure.toString());
    } else if (type.status().is5xxServerError()) {
      LOG.warn(
          "service did not answer id={} method={} status={} cause={}",
          id,
          request.getMethod(),
          type.status().value(),
          failure.toString());
    } else {
      LOG.debug("request refused id={} problem={}", id, type);
    }
  }
}
