package io.tercet.gateway.filter.header;

import io.tercet.gateway.problem.RequestId;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/// Sets the `X-Forwarded-…` headers and `X-Request-Id` for the services, and removes those that
/// came with the request.
///
/// Servers treat such headers as facts about the client, so a client must not set them. The filter
/// removes them in every spelling that some server reads as the same name. What trusted proxies
/// wrote is in the address, the scheme and the `Host` of the request already. It removes `Expect`
/// too: the gateway answers it when a service reads the body.
@Component
final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

  private static final Set<String> FORGED =
      Set.of(
          "expect",
          "forwarded",
          "x-request-id",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-original-url",
          "x-original-uri",
          "x-rewrite-url",
          "x-http-method-override",
          "x-http-method",
          "x-method-override",
          "x-user",
          "x-remote-user",
          "remote-user",
          "true-client-ip",
          "cf-connecting-ip",
          "front-end-https",
          "proxy",
          "proxy-auth-cert",
          "proxy-connection",
          "proxy-ssl-id");
  private static final Set<String> FORGED_PREFIXES =
      Set.of("x-forwarded-", "x-proxied-", "x-tercet-", "x-auth-", "x-ssl-", "x-envoy-");

  /// Runs after the stock filters, because one of them removes the headers that this one sets.
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
    var request = exchange.getRequest();
    var output = new HttpHeaders();
    input.forEach((name, values) -> {
      if (!isForged(name)) {
        output.addAll(name, values);
      }
    });
    var caller = request.getRemoteAddress();
    if (caller != null && caller.getAddress() != null) {
      // Without the zone, which only this machine understands.
      output.set("X-Forwarded-For", caller.getAddress().getHostAddress().replaceFirst("%.*", ""));
    }
    var host = request.getHeaders().getFirst(HttpHeaders.HOST);
    if (host != null) {
      output.set("X-Forwarded-Host", host);
    }
    output.set("X-Forwarded-Proto", request.getURI().getScheme());
    output.set(RequestId.HEADER, RequestId.of(exchange));
    return output;
  }

  private static boolean isForged(String name) {
    var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return FORGED.contains(plain) || FORGED_PREFIXES.stream().anyMatch(plain::startsWith);
  }
}
