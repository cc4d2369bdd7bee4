package io.tercet.gateway.route;

import io.tercet.gateway.host.HostHeader;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/// Tells which hosts are published sites: one DNS label directly below the sites domain.
///
/// Other hosts at or below that domain serve neither our page nor an API, because a published site
/// could share cookies with them.
final class SiteHosts {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private final String domain;
  private final String suffix;

  SiteHosts(String domain) {
    this.domain = domain.toLowerCase(Locale.ROOT);
    this.suffix = "." + this.domain;
  }

  boolean isSite(ServerWebExchange exchange) {
    return HostHeader.of(exchange.getRequest())
        .map(HostHeader::host)
        .filter(host -> host.endsWith(suffix))
        .map(host -> host.substring(0, host.length() - suffix.length()))
        .filter(label -> LABEL.matcher(label).matches())
        .isPresent();
  }

  boolean isInDomain(ServerWebExchange exchange) {
    return HostHeader.of(exchange.getRequest())
        .map(HostHeader::host)
        .filter(host -> host.equals(domain) || host.endsWith(suffix))
        .isPresent();
  }
}
