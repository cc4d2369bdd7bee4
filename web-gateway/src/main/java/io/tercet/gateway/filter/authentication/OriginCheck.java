package io.tercet.gateway.filter.authentication;

import io.tercet.gateway.host.HostHeader;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Stops pages of other sites from acting as a person (cross-site request forgery), and from
/// signing a person in as somebody else.
///
/// A browser names the page that sends a request in `Origin`, and a page cannot forge it. Requests
/// that change something, and WebSocket upgrades, must come from our own origin:
///
/// | credentials | `Origin` ours | foreign | missing |
/// |---|---|---|---|
/// | a session | passes | refused | refused |
/// | nothing | passes | refused | passes: a program signs in |
/// | a token | passes | passes | passes |
///
/// A token passes because a page of another site cannot attach one. Our own origin is the scheme,
/// host and port that the request was sent to, as a trusted proxy tells them.
///
/// Source: RFC 6454 §7.
@Component
@EnableConfigurationProperties(OriginSettings.class)
public final class OriginCheck implements GatewayFilter {

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final OriginSettings settings;

  OriginCheck(OriginSettings settings) {
    this.settings = settings;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var request = exchange.getRequest();
    var readOnly = SAFE.contains(request.getMethod()) && request.getHeaders().getUpgrade() == null;
    if (!readOnly && !isAllowed(request)) {
      throw new ProblemException(
          ProblemType.FOREIGN_ORIGIN,
          "Send it from Tercet's own page, or let the operator list the page's origin in"
              + " TERCET_ALLOWED_ORIGINS.");
    }
    return chain.filter(exchange);
  }

  private boolean isAllowed(ServerHttpRequest request) {
    var origins = request.getHeaders().getOrEmpty(HttpHeaders.ORIGIN);
    return switch (Credentials.of(request)) {
      case Credentials.Token _ -> true;
      case Credentials.Session _ ->
          !origins.isEmpty() && origins.stream().allMatch(allowedOrigin(request));
      case Credentials.None _ -> origins.stream().allMatch(allowedOrigin(request));
    };
  }

  private Predicate<String> allowedOrigin(ServerHttpRequest request) {
    var scheme = request.getURI().getScheme();
    return origin ->
        settings.allowed().contains(origin)
            || HostHeader.of(request).map(host -> host.origin(scheme)).stream()
                .anyMatch(origin::equals);
  }
}
