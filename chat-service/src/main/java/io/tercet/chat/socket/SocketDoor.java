package io.tercet.chat.socket;

import io.tercet.chat.delivery.ConnectionHandler;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Opens WebSockets at `/api/socket`, for whoever the security chain let through.
///
/// The upgrade is Jetty's own, below the Jakarta and Spring APIs: they encode and copy every
/// message for every receiver, and they answer a big message with their own close code.
@RestController
@EnableConfigurationProperties(SocketSettings.class)
class SocketDoor {

  private final ConnectionHandler relay;
  private final FrameReader reader;
  private final SocketSettings settings;
  private final Sweeper sweeper;

  SocketDoor(
      ConnectionHandler relay, FrameReader reader, SocketSettings settings, Sweeper sweeper) {
    this.relay = relay;
    this.reader = reader;
    this.settings = settings;
    this.sweeper = sweeper;
  }

  @GetMapping("/api/socket")
  void open(
      @AuthenticationPrincipal Jwt token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    ServletContextHandler context =
        ServletContextHandler.getServletContextHandler(request.getServletContext());
    WebSocketMappings mappings = WebSocketMappings.ensureMappings(context);
    Negotiator negotiator = new Negotiator(AuthenticatedPerson.of(token));
    boolean upgraded;
    try (Blocker.Callback callback = Blocker.callback()) {
      upgraded =
          mappings.upgrade(
              negotiator, jetty, jetty.getServletContextResponse(), callback, negotiator);
      if (upgraded) {
        callback.block();
      } else {
        callback.succeeded();
      }
    }
    if (!upgraded) {
      response.setHeader("Upgrade", "websocket");
      throw new ProblemException(ProblemType.INVALID_REQUEST, "Open a WebSocket here: version 13.");
    }
  }

  private final class Negotiator implements WebSocketNegotiator {

    private final AuthenticatedPerson asker;

    Negotiator(AuthenticatedPerson asker) {
      this.asker = asker;
    }

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      // No permessage-deflate: it would compress the shared bytes once more for every receiver.
      response.setExtensions(List.of());
      SocketConnection connection =
          new SocketConnection(asker, relay, reader, settings, sweeper::remove);
      sweeper.add(connection);
      return connection;
    }

    @Override
    public void customize(Configuration configuration) {
      // Frames are gathered and measured by us; a bigger one comes in parts of this size.
      configuration.setAutoFragment(true);
      configuration.setMaxFrameSize(settings.messageMax().toBytes());
      // The sweeper hears silence; Jetty would count what we send as life.
      configuration.setIdleTimeout(Duration.ZERO);
    }
  }
}
