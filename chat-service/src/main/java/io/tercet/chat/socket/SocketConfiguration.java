package io.tercet.chat.socket;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/// Registers `/api/socket`, behind the same security chain as every other path.
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(SocketSettings.class)
class SocketConfiguration implements WebSocketConfigurer {

  private final OpeningHandshake handshake;

  SocketConfiguration(OpeningHandshake handshake) {
    this.handshake = handshake;
  }

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    // Spring asks for a handler of its own; JettyUpgradeStrategy never calls it.
    registry
        .addHandler(new TextWebSocketHandler(), "/api/socket")
        .setHandshakeHandler(handshake)
        // A socket opens with a token, never with a cookie, so the Origin says nothing here:
        // web-gateway checks it where a cookie is exchanged for a token.
        .setAllowedOriginPatterns("*");
  }
}
