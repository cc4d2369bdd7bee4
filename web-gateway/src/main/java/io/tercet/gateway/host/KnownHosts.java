package io.tercet.gateway.host;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Answers only under names that the operator knows, and under addresses: 421 to every other name.
///
/// Somebody may let a name of theirs lead to this machine, so that a browser takes their page and
/// our services for one origin (DNS rebinding). Such a page always shows its name in `Host`. An
/// address cannot be rebound, because it is not looked up.
///
/// Known are `localhost` and what is below it, the sites domain and what is below it, the hosts of
/// `TERCET_ALLOWED_ORIGINS`, and what `TERCET_HOSTS` lists. Ports do not matter.
///
/// Source: RFC 9110 §7.4 and §15.5.20.
@Component
@EnableConfigurationProperties(HostSettings.class)
final class KnownHosts implements WebFilter, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(KnownHosts.class);

  private static final Pattern ORIGIN = Pattern.compile("https?://([A-Za-z0-9._-]+)(?::[0-9]+)?/?");

  private final List<HostNames> known;
  private final ApplicationContext context;

  KnownHosts(HostSettings settings, ApplicationContext context) {
    this.context = context;
    var domain = settings.sitesDomain();
    this.known =
        List.of(
            HostNames.of("localhost", List.of("localhost", "*.localhost")),
            HostNames.of("TERCET_SITES_DOMAIN", List.of(domain, "*." + domain)),
            HostNames.of("TERCET_ALLOWED_ORIGINS", hosts(settings.origins())),
            HostNames.of("TERCET_HOSTS", settings.names()));
  }

  /// Behind the filters of `proxy`, which set the host that the client named.
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 2;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (isForManagement(exchange)) {
      return chain.filter(exchange);
    }
    var host = HostHeader.of(exchange.getRequest());
    if (host.isEmpty()) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "Send one valid Host header.");
    }
    if (!host.get().isAddress() && !isKnown(host.get().host())) {
      LOG.info("unknown host={}; if it is ours, list it in TERCET_HOSTS", host.get().host());
      throw new ProblemException(
          ProblemType.MISDIRECTED_REQUEST, "Let the operator list this name in TERCET_HOSTS.");
    }
    return chain.filter(exchange);
  }

  /// Whether it came to the management port, which has a context of its own and this filter too.
  /// It shows numbers and nothing of people, and probes name it as they like.
  private boolean isForManagement(ServerWebExchange exchange) {
    return !context.equals(exchange.getApplicationContext());
  }

  private boolean isKnown(String host) {
    return known.stream().anyMatch(names -> names.contains(host));
  }

  private static List<String> hosts(List<String> origins) {
    return origins.stream()
        .map(ORIGIN::matcher)
        .filter(Matcher::matches)
        .map(origin -> origin.group(1))
        .toList();
  }
}
