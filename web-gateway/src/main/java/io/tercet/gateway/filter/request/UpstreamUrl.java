package io.tercet.gateway.filter.request;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR;

import java.net.URI;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Sets the URL that a request is sent to: scheme and authority of the route, path and query of the
/// request, byte for byte.
///
/// It replaces the stock `RouteToRequestUrlFilter`, which decodes and encodes the URL again, and so
/// encodes some names twice. The name of a file must reach file-service as the client sent it.
@Component
final class UpstreamUrl implements GlobalFilter, Ordered {

  @Override
  public int getOrder() {
    return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    Route route = exchange.getRequiredAttribute(GATEWAY_ROUTE_ATTR);
    var sent = exchange.getRequest().getURI();
    var upstream = route.getUri();
    var query = sent.getRawQuery();
    var target =
        upstream.getScheme()
            + "://"
            + upstream.getRawAuthority()
            + sent.getRawPath()
            + (query == null ? "" : "?" + query);
    exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, URI.create(target));
    return chain.filter(exchange);
  }
}
