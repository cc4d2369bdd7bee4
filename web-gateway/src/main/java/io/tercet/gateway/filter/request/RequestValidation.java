package io.tercet.gateway.filter.request;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/// Refuses requests that no service should have to read. It runs before every other filter.
///
/// A path must mean the same to the gateway and to the service. Servers remove `..`, `;parameters`
/// and double slashes in different ways, so the gateway refuses a path that could become another
/// one, and an encoded slash. `/internal` and `/actuator` answer 404 in every spelling.
@Component
final class RequestValidation implements GlobalFilter, Ordered {

  private static final Set<String> METHODS = Set.of(ProblemException.METHODS.split(", "));
  private static final Set<String> HIDDEN = Set.of("internal", "actuator");

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var request = exchange.getRequest();
    if (!METHODS.contains(request.getMethod().name())) {
      throw ProblemException.methodNotAllowed();
    }
    if (request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION).size() > 1) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "Send one Authorization header.");
    }
    if (asksForTheServer(request)) {
      var response = exchange.getResponse();
      response.setStatusCode(HttpStatus.NO_CONTENT);
      response.getHeaders().set(HttpHeaders.ALLOW, ProblemException.METHODS);
      return response.setComplete();
    }
    checkPath(request);
    return chain.filter(exchange);
  }

  /// `OPTIONS *` asks for what the server can do, and no service (RFC 9110 §9.3.7).
  private static boolean asksForTheServer(ServerHttpRequest request) {
    HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
    return server.uri().equals("*");
  }

  private static void checkPath(ServerHttpRequest request) {
    var rawPath = request.getURI().getRawPath();
    if (rawPath.startsWith("//") || rawPath.toLowerCase(Locale.ROOT).contains("%2f")) {
      throw ambiguous();
    }
    List<String> names =
        request.getPath().elements().stream()
            .filter(PathSegment.class::isInstance)
            .map(segment -> ((PathSegment) segment).valueToMatch())
            .toList();
    if (names.contains(".") || names.contains("..")) {
      throw ambiguous();
    }
    if (names.stream().anyMatch(name -> name.indexOf('\0') >= 0)) {
      throw new ProblemException(ProblemType.INVALID_PATH, "No name has a NUL.");
    }
    if (!names.isEmpty() && HIDDEN.contains(names.getFirst().toLowerCase(Locale.ROOT))) {
      throw new ProblemException(ProblemType.NOT_FOUND, "No part of Tercet has this address.");
    }
  }

  private static ProblemException ambiguous() {
    return new ProblemException(
        ProblemType.INVALID_PATH, "Write the path without '.', '..', '//' and encoded slashes.");
  }
}
