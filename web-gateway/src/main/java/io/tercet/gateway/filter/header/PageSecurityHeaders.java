package io.tercet.gateway.filter.header;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Sets the security headers of our own page, so that a flaw in the page can do little harm.
///
/// Published sites do not get them: they are pages of other people, on origins of their own.
@Component
public final class PageSecurityHeaders implements GatewayFilter {

  /// Inline styles are allowed because components set sizes by style attributes. `connect-src`
  /// includes the WebSocket, which has the same host and port.
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'self'",
          "img-src 'self' data: blob:",
          "style-src 'self' 'unsafe-inline'",
          "connect-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "object-src 'none'");

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var response = exchange.getResponse();
    response.beforeCommit(() -> Mono.fromRunnable(() -> protect(response.getHeaders())));
    return chain.filter(exchange);
  }

  private static void protect(HttpHeaders headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("Referrer-Policy", "same-origin");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
  }
}
