package io.tercet.gateway.upstream;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.RoundRobinDnsAddressResolverGroup;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/// Lets an HTTP client use all addresses of a name: those of all replicas of a service.
///
/// A new connection begins with any of them, and goes on to the others where one does not accept
/// it. The name is looked up again after [UpstreamSettings#addressReuse], whatever the server of
/// names says: a container that is replaced comes back under another address.
///
/// Threading: any thread.
@Component
@EnableConfigurationProperties(UpstreamSettings.class)
public final class ServiceAddresses implements HttpClientCustomizer {

  private final Duration reuse;
  private final DnsServerAddressStreamProvider nameServers;

  @Autowired
  ServiceAddresses(UpstreamSettings settings) {
    this(settings.addressReuse(), DnsServerAddressStreamProviders.platformDefault());
  }

  ServiceAddresses(Duration reuse, DnsServerAddressStreamProvider nameServers) {
    this.reuse = reuse;
    this.nameServers = nameServers;
  }

  @Override
  public HttpClient customize(HttpClient client) {
    return client.resolver(names ->
        names
            .cacheMaxTimeToLive(reuse)
            .cacheNegativeTimeToLive(Duration.ZERO)
            .dnsAddressResolverGroupProvider(resolver ->
                new RoundRobinDnsAddressResolverGroup(resolver.nameServerProvider(nameServers))));
  }
}
