package io.tercet.chat.socket;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/// Gives a request of web-gateway the address and the scheme of its client, as its
/// `X-Forwarded-…` headers tell. Those of anybody else have no effect.
///
/// Immutable; any thread. Source: contracts/internal.md.
@Component
@EnableConfigurationProperties(GatewaySettings.class)
final class GatewayHeaders
    implements HttpConfiguration.Customizer,
        WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

  private final List<IpAddressMatcher> gateways;
  private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();

  GatewayHeaders(GatewaySettings settings) {
    this.gateways = settings.addresses().stream().map(IpAddressMatcher::new).toList();
    // Whom the client meant is the gateway's concern; ours is by which name the request came here.
    forwarded.setForwardedHostHeader("");
    forwarded.setForwardedHeader("");
  }

  @Override
  public void customize(ConfigurableJettyWebServerFactory factory) {
    factory.addServerCustomizers(this::addTo);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    return isGateway(request.getConnectionMetaData().getRemoteSocketAddress())
        ? forwarded.customize(request, responseHeaders)
        : request;
  }

  private boolean isGateway(SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress socket) || socket.isUnresolved()) {
      return false;
    }
    // Without the zone, which no range has.
    String address = socket.getAddress().getHostAddress().replaceFirst("%.*", "");
    return gateways.stream().anyMatch(gateway -> gateway.matches(address));
  }

  private void addTo(Server server) {
    for (Connector connector : server.getConnectors()) {
      for (ConnectionFactory factory : connector.getConnectionFactories()) {
        if (factory instanceof HttpConfiguration.ConnectionFactory http) {
          http.getHttpConfiguration().addCustomizer(this);
        }
      }
    }
  }
}
