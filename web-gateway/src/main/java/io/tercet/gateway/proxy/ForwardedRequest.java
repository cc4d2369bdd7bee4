package io.tercet.gateway.proxy;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Gives a request that a trusted proxy sent the address, the scheme and the `Host` of its client.
///
/// A proxy writes either `Forwarded` or `X-Forwarded-…`, and many pass on the other kind as the
/// client sent it. Nothing tells which kind is the proxy's, so the filter refuses two kinds that
/// contradict each other. What anybody else writes has no effect.
@Component
final class ForwardedRequest implements WebFilter, Ordered {

  private final TrustedProxies trusted;

  ForwardedRequest(TrustedProxies trusted) {
    this.trusted = trusted;
  }

  /// Behind [RequestIds].
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var request = exchange.getRequest();
    var peer = peer(request);
    if (peer.isEmpty() || !trusted.contains(peer.get())) {
      return chain.filter(exchange);
    }
    var headers = request.getHeaders();
    var client =
        ForwardedFields.standard(headers)
            .map(standard -> standard.client(peer.get(), trusted))
            .flatMap(ForwardedFields.legacy(headers).client(peer.get(), trusted)::and)
            .orElseThrow(ForwardedRequest::contradiction);
    return chain.filter(exchange.mutate().request(as(client, request)).build());
  }

  private static Optional<InetAddress> peer(ServerHttpRequest request) {
    return Optional.ofNullable(request.getRemoteAddress()).map(InetSocketAddress::getAddress);
  }

  private static ServerHttpRequest as(ForwardedClient client, ServerHttpRequest request) {
    var builder = request.mutate();
    client.address().ifPresent(address -> builder.remoteAddress(new InetSocketAddress(address, 0)));
    client
        .scheme()
        .ifPresent(scheme ->
            builder.uri(URI.create(scheme + ":" + request.getURI().getRawSchemeSpecificPart())));
    client.host().ifPresent(host -> builder.headers(to -> to.set(HttpHeaders.HOST, host)));
    return builder.build();
  }

  private static ProblemException contradiction() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "Send either Forwarded or X-Forwarded-…; a proxy must remove the one that it does not"
            + " write.");
  }
}
