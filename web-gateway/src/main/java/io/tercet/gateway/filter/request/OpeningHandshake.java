package io.tercet.gateway.filter.request;

import io.netty.handler.codec.http.HttpVersion;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/// Refuses what is no opening handshake of a WebSocket, with an HTTP answer that says what to send.
///
/// The gateway opens a WebSocket of its own to the service, so the service cannot see what was
/// wrong with the client's.
///
/// Source: RFC 6455 §4.2.1 and §4.4.
@Component
public final class OpeningHandshake implements GatewayFilter {

  private static final String VERSION = "13";
  private static final String WEBSOCKET = "websocket";
  private static final int KEY_CHARACTERS = 24;
  private static final int KEY_BYTES = 16;

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    check(exchange.getRequest());
    return chain.filter(exchange);
  }

  private static void check(ServerHttpRequest request) {
    var headers = request.getHeaders();
    if (!HttpMethod.GET.equals(request.getMethod())) {
      throw new ProblemException(
          ProblemType.METHOD_NOT_ALLOWED,
          "Open a WebSocket with GET.",
          Map.of(HttpHeaders.ALLOW, HttpMethod.GET.name()));
    }
    HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
    if (HttpVersion.HTTP_1_0.equals(server.version())) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "Open a WebSocket over HTTP/1.1.");
    }
    if (!names(headers.getOrEmpty(HttpHeaders.UPGRADE), WEBSOCKET)
        || !names(headers.getConnection(), HttpHeaders.UPGRADE)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "Open a WebSocket here: send Connection: Upgrade and Upgrade: websocket.",
          Map.of(HttpHeaders.UPGRADE, WEBSOCKET));
    }
    if (!headers.getOrEmpty("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      throw new ProblemException(
          ProblemType.UPGRADE_REQUIRED,
          "Send Sec-WebSocket-Version: " + VERSION + ".",
          Map.of(
              HttpHeaders.UPGRADE,
              WEBSOCKET,
              HttpHeaders.CONNECTION,
              HttpHeaders.UPGRADE,
              "Sec-WebSocket-Version",
              VERSION));
    }
    var keys = headers.getOrEmpty("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Send one Sec-WebSocket-Key: 16 random bytes in base64.");
    }
  }

  private static boolean names(List<String> values, String token) {
    return values.stream().anyMatch(token::equalsIgnoreCase);
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
