package io.tercet.gateway.filter.socket;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.setAlreadyRouted;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.tercet.gateway.limit.LimitSettings;
import io.tercet.gateway.parse.StrictFrames;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/// Opens a WebSocket to the service first, and accepts the one of the client after that.
///
/// So if the service refuses or is down, the client gets an HTTP answer. The stock
/// `WebsocketRoutingFilter` accepts the client first, and it drops a connection on which a message
/// comes in several frames.
@Component
final class WebSocketRelay implements GlobalFilter, Ordered {

  private final HttpClient client;
  private final List<HttpHeadersFilter> headersFilters;
  private final OpenWebSockets openWebSockets;
  private final int frameBytesMax;

  WebSocketRelay(
      HttpClient client,
      List<HttpHeadersFilter> headersFilters,
      OpenWebSockets openWebSockets,
      LimitSettings limits) {
    this.client = client;
    this.headersFilters = headersFilters;
    this.openWebSockets = openWebSockets;
    this.frameBytesMax = Math.toIntExact(limits.socketFrame().toBytes());
  }

  /// Before the filter that routes plain requests.
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE - 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    if (!"websocket".equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade())) {
      return chain.filter(exchange);
    }
    setAlreadyRouted(exchange);
    URI target = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
    var headers = HttpHeadersFilter.filterRequest(headersFilters, exchange);
    // The relay forwards pings: the other end answers them.
    var spec =
        WebsocketClientSpec.builder().maxFramePayloadLength(frameBytesMax).handlePing(true).build();
    return client
        .headers(outgoing -> copy(headers, outgoing))
        .websocket(spec)
        .uri(URI.create(target.toString().replaceFirst("^http", "ws")))
        .handle((in, out) -> accept(exchange, WebSocketConnection.of(in, out)))
        .then()
        .onErrorMap(WebSocketClientHandshakeException.class, WebSocketRelay::refusal);
  }

  /// Completes when the WebSocket is closed; `sendWebsocket` completes with the handshake.
  private Mono<Void> accept(ServerWebExchange exchange, WebSocketConnection service) {
    var response = exchange.getResponse();
    HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
    var spec =
        WebsocketServerSpec.builder().maxFramePayloadLength(frameBytesMax).handlePing(true).build();
    var ended = Sinks.<Void>empty();
    var handshake =
        Mono.defer(() ->
            server.sendWebsocket(
                (in, out) ->
                    openWebSockets
                        .join(WebSocketConnection.of(in, out), service)
                        // Subscribed second, when the relay listens.
                        .and(Mono.fromRunnable(() -> open(in)))
                        .doFinally(_ -> ended.tryEmitEmpty()),
                spec));
    return response.setComplete().then(handshake).then(ended.asMono());
  }

  private static void open(WebsocketInbound in) {
    in.withConnection(client -> StrictFrames.openLater(client.channel()));
  }

  private static void copy(HttpHeaders from, io.netty.handler.codec.http.HttpHeaders to) {
    for (Map.Entry<String, List<String>> header : from.headerSet()) {
      var name = header.getKey().toLowerCase(Locale.ROOT);
      // The HTTP client of the gateway writes these headers of the handshake.
      if (!name.startsWith("sec-websocket") && !name.equals("host")) {
        to.set(header.getKey(), header.getValue());
      }
    }
  }

  private static ProblemException refusal(WebSocketClientHandshakeException failure) {
    var response = failure.response();
    return switch (response == null ? 0 : response.status().code()) {
      case 401 ->
          new ProblemException(
              ProblemType.UNAUTHENTICATED, "Show a session or a token that lives.");
      case 429 ->
          new ProblemException(
              ProblemType.TOO_FAST,
              "Open fewer WebSockets in a short time; Retry-After says when to try again.",
              Stream.ofNullable(response.headers().get(HttpHeaders.RETRY_AFTER))
                  .collect(Collectors.toMap(_ -> HttpHeaders.RETRY_AFTER, after -> after)));
      default -> new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "no socket: " + failure);
    };
  }
}
