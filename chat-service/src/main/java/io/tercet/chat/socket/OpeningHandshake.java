package io.tercet.chat.socket;

import static java.util.stream.Collectors.toMap;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeFailureException;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;

/// The opening handshake: it upgrades a right request, and answers a wrong one with a problem that
/// says what to send.
///
/// Spring's `AbstractHandshakeHandler` is not its base. That one takes any key and does not take
/// `Connection: UPGRADE`; on HTTP/1.0 and on a broken `Sec-WebSocket-Extensions` it fails with 500;
/// and the method that does all this is final.
///
/// Immutable; any thread. Source: RFC 6455 §4.2.1 and §4.4.
@Component
final class OpeningHandshake implements HandshakeHandler {

  private static final int KEY_CHARACTERS = 24;
  private static final int KEY_BYTES = 16;
  private static final String WEBSOCKET = "websocket";

  private final RequestUpgradeStrategy upgrade;
  private final RateLimiter rates;
  private final ProblemWriter answers;

  OpeningHandshake(RequestUpgradeStrategy upgrade, RateLimiter rates, ProblemWriter answers) {
    this.upgrade = upgrade;
    this.rates = rates;
    this.answers = answers;
  }

  /// A request that must not be upgraded, and why. `headers` go with the answer.
  private record Wrong(ProblemType type, String detail, Map<String, String> headers) {

    Wrong(String detail) {
      this(ProblemType.INVALID_REQUEST, detail, Map.of());
    }

    static Wrong of(ProblemException problem) {
      return new Wrong(
          problem.type(),
          problem.detail(),
          problem.retryAfterSeconds().stream()
              .boxed()
              .collect(toMap(seconds -> HttpHeaders.RETRY_AFTER, String::valueOf)));
    }
  }

  @Override
  public boolean doHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes) {
    Wrong wrong = check(request);
    if (wrong == null) {
      try {
        upgrade.upgrade(
            request, response, null, List.of(), request.getPrincipal(), handler, attributes);
        return true;
      } catch (HandshakeFailureException refused) {
        wrong = new Wrong("The headers of the handshake cannot be read.");
      }
    }
    refuse(response, wrong);
    return false;
  }

  private @Nullable Wrong check(ServerHttpRequest request) {
    HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
    HttpHeaders headers = request.getHeaders();
    if (!HttpMethod.GET.equals(request.getMethod())) {
      return new Wrong(
          ProblemType.METHOD_NOT_ALLOWED,
          "Open a WebSocket with GET.",
          Map.of(HttpHeaders.ALLOW, HttpMethod.GET.name()));
    }
    if (!"HTTP/1.1".equals(servletRequest.getProtocol())) {
      return new Wrong("Open a WebSocket over HTTP/1.1.");
    }
    if (!contains(headers.getOrEmpty(HttpHeaders.UPGRADE), WEBSOCKET)
        || !contains(headers.getConnection(), HttpHeaders.UPGRADE)) {
      return new Wrong(
          ProblemType.INVALID_REQUEST,
          "Open a WebSocket here: send Connection: Upgrade and Upgrade: websocket.",
          Map.of(HttpHeaders.UPGRADE, WEBSOCKET));
    }
    Wrong wrong = checkWebSocketHeaders(headers);
    return wrong == null ? checkRate(servletRequest.getRemoteAddr()) : wrong;
  }

  private @Nullable Wrong checkRate(String address) {
    try {
      rates.take(Action.HANDSHAKE, address);
      return null;
    } catch (ProblemException tooFast) {
      return Wrong.of(tooFast);
    }
  }

  private @Nullable Wrong checkWebSocketHeaders(HttpHeaders headers) {
    List<String> versions = List.of(upgrade.getSupportedVersions());
    List<String> asked = headers.getOrEmpty(WebSocketHttpHeaders.SEC_WEBSOCKET_VERSION);
    if (asked.size() != 1 || !versions.contains(asked.getFirst())) {
      String supported = String.join(", ", versions);
      return new Wrong(
          ProblemType.UPGRADE_REQUIRED,
          "Send Sec-WebSocket-Version: " + supported + ".",
          Map.of(
              HttpHeaders.UPGRADE, WEBSOCKET,
              HttpHeaders.CONNECTION, HttpHeaders.UPGRADE,
              WebSocketHttpHeaders.SEC_WEBSOCKET_VERSION, supported));
    }
    List<String> keys = headers.getOrEmpty(WebSocketHttpHeaders.SEC_WEBSOCKET_KEY);
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      return new Wrong("Send one Sec-WebSocket-Key: 16 random bytes in base64.");
    }
    return null;
  }

  private static boolean contains(List<String> values, String token) {
    return values.stream().anyMatch(token::equalsIgnoreCase);
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == KEY_CHARACTERS && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void refuse(ServerHttpResponse response, Wrong wrong) {
    HttpServletResponse servletResponse =
        ((ServletServerHttpResponse) response).getServletResponse();
    wrong.headers().forEach(servletResponse::setHeader);
    try {
      answers.write(servletResponse, wrong.type(), wrong.detail());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
