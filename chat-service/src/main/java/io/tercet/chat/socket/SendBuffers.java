package io.tercet.chat.socket;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Bounds the memory in the kernel that a connection fills when its client does not read. Left
/// alone, Linux takes up to 4 MB for each.
///
/// Immutable; any thread.
@Component
final class SendBuffers implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

  private final SocketSettings settings;

  SendBuffers(SocketSettings settings) {
    this.settings = settings;
  }

  @Override
  public void customize(ConfigurableJettyWebServerFactory factory) {
    factory.addServerCustomizers(this::bound);
  }

  private void bound(Server server) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector sockets) {
        sockets.setAcceptedSendBufferSize((int) settings.kernelMax().toBytes());
      }
    }
  }
}
