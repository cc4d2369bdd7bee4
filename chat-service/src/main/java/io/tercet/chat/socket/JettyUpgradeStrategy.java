package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.delivery.ConnectionHandler;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.rate.ClientNetwork;
import io.tercet.chat.rate.RateLimiter;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketConstants;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/// Upgrades a checked request and gives the connection to a [SocketFrameHandler], on Jetty's core
/// API.
///
/// The Jakarta API and Spring's own encode and copy every message for every receiver, and answer a
/// message that is too big with a close code of their own: docs/adr/0005.
///
/// - Threading: immutable; any thread.
/// - Errors: a [HandshakeFailureException] means that Jetty does not accept the request's headers.
@Component
final class JettyUpgradeStrategy implements RequestUpgradeStrategy {

  private final SocketContext context;
  private final People people;
  private final IdleSocketReaper reaper;

  JettyUpgradeStrategy(
      ConnectionHandler handler,
      People people,
      FrameReader reader,
      RateLimiter rates,
      SocketSettings settings,
      Clock clock,
      IdleSocketReaper reaper) {
    this.context = new SocketContext(handler, reader, rates, settings, clock);
    this.people = people;
    this.reaper = reaper;
  }

  @Override
  public String[] getSupportedVersions() {
    return new String[] {WebSocketConstants.SPEC_VERSION_STRING};
  }

  /// None. permessage-deflate would compress the shared bytes once more for every receiver.
  @Override
  public List<WebSocketExtension> getSupportedExtensions(ServerHttpRequest request) {
    return List.of();
  }

  @Override
  public void upgrade(
      ServerHttpRequest request,
      ServerHttpResponse response,
      @Nullable String selectedProtocol,
      List<WebSocketExtension> selectedExtensions,
      @Nullable Principal user,
      WebSocketHandler handler,
      Map<String, Object> attributes) {
    HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
    JwtAuthenticationToken token = (JwtAuthenticationToken) Objects.requireNonNull(user);
    boolean upgraded;
    try {
      upgraded =
          upgrade(
              servletRequest,
              new Negotiator(
                  asCalledNow(AuthenticatedPerson.of(token.getToken())),
                  ClientNetwork.of(servletRequest.getRemoteAddr()).text()));
    } catch (HttpException.RuntimeException | IOException e) {
      throw new HandshakeFailureException("Jetty did not upgrade", e);
    }
    if (!upgraded) {
      throw new HandshakeFailureException("Jetty did not upgrade");
    }
  }

  /// A token may say what the person was called some minutes ago.
  private AuthenticatedPerson asCalledNow(AuthenticatedPerson signedIn) {
    Person now = people.find(signedIn.person().personId()).orElse(signedIn.person());
    return new AuthenticatedPerson(now, signedIn.sessionId());
  }

  private static boolean upgrade(HttpServletRequest request, Negotiator negotiator)
      throws IOException {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    WebSocketMappings mappings =
        WebSocketMappings.ensureMappings(
            ServletContextHandler.getServletContextHandler(request.getServletContext()));
    try (Blocker.Callback callback = Blocker.callback()) {
      boolean upgraded = false;
      try {
        upgraded =
            mappings.upgrade(
                negotiator, jetty, jetty.getServletContextResponse(), callback, negotiator);
      } finally {
        if (!upgraded) {
          callback.succeeded();
        }
      }
      callback.block();
      return upgraded;
    }
  }

  private final class Negotiator implements WebSocketNegotiator {

    private final AuthenticatedPerson person;
    private final String network;

    Negotiator(AuthenticatedPerson person, String network) {
      this.person = person;
      this.network = network;
    }

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setExtensions(List.of());
      return new SocketFrameHandler(person, network, context, reaper);
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
