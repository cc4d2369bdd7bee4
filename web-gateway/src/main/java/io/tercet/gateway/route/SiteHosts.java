package io.tercet.gateway.route;

import io.tercet.gateway.filter.header.HostHeader;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.server.ServerWebExchange;

/// Which hosts are published sites: one DNS label right below the sites domain.
///
/// Everything else at or below that domain is nothing: it must not reach the page or an API either,
/// for what runs on a site could share cookies with it.
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
