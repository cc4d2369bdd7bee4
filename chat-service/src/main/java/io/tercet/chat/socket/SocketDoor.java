package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.Refusal;
import io.tercet.chat.relay.Relay;
import io.tercet.chat.security.Asker;
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

  private final SocketContext context;
  private final IdleSocketReaper reaper;

  SocketDoor(
      Relay relay,
      FrameReader reader,
      SocketSettings settings,
      Clock clock,
      IdleSocketReaper reaper) {
    this.context = new SocketContext(relay, reader, settings, clock);
    this.reaper = reaper;
  }

  @GetMapping("/api/socket")
  void open(
      @AuthenticationPrincipal Jwt token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    ServletContextHandler context =
        ServletContextHandler.getServletContextHandler(request.getServletContext());
    WebSocketMappings mappings = WebSocketMappings.ensureMappings(context);
    Negotiator negotiator = new Negotiator(Asker.of(token));
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
      throw new Refusal(ProblemType.INVALID_REQUEST, "Open a WebSocket here: version 13.");
    }
  }

  private final class Negotiator implements WebSocketNegotiator {

    private final Asker asker;

    Negotiator(Asker asker) {
      this.asker = asker;
    }

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      // No permessage-deflate: it would compress the shared bytes once more for every receiver.
      response.setExtensions(List.of());
      return new SocketFrameHandler(asker, context, reaper);
    }

    @Override
    public void customize(Configuration configuration) {
      // MessageAssembler measures whole messages; a bigger frame comes in parts of this size.
      configuration.setAutoFragment(true);
      configuration.setMaxFrameSize(context.settings().messageMax().toBytes());
      // IdleSocketReaper closes idle sockets. Jetty would count what we send as activity.
      configuration.setIdleTimeout(Duration.ZERO);
    }
  }
}
