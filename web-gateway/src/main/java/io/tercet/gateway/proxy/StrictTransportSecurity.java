package io.tercet.gateway.proxy;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Tells a browser that came over TLS to come over TLS only, for a year. Browsers ignore it over
/// plain HTTP, so it is not sent there.
///
/// Source: RFC 6797 §7.
@Component
final class StrictTransportSecurity implements WebFilter, Ordered {

  /// Behind [ForwardedRequest], which knows the scheme.
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 2;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if ("https".equals(exchange.getRequest().getURI().getScheme())) {
      var response = exchange.getResponse();
      response.beforeCommit(() ->
          Mono.fromRunnable(
              () -> response.getHeaders().set("Strict-Transport-Security", "max-age=31536000")));
    }
    return chain.filter(exchange);
  }
}
