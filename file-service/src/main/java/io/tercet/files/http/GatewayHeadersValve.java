package io.tercet.files.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/// Gives a request of web-gateway the address and the scheme of its client, as its `X-Forwarded-…`
/// headers tell. Those of anybody else have no effect.
///
/// Tomcat's own valve decides whom it believes by a regular expression; this one by ranges of
/// addresses. Source: contracts/internal.md.
final class GatewayHeadersValve extends RemoteIpValve {

  private static final String EVERY_ADDRESS = ".*";

  private final List<IpAddressMatcher> gateways;

  /// @param addresses addresses and ranges such as `10.0.0.0/8` that web-gateway connects from
  GatewayHeadersValve(List<String> addresses) {
    this.gateways = addresses.stream().map(IpAddressMatcher::new).toList();
    setInternalProxies(EVERY_ADDRESS);
    setProtocolHeader("X-Forwarded-Proto");
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    // Without the zone, which no range has.
    String peer = request.getRemoteAddr().replaceFirst("%.*", "");
    if (gateways.stream().anyMatch(gateway -> gateway.matches(peer))) {
      super.invoke(request, response);
    } else {
      getNext().invoke(request, response);
    }
  }
}
