package io.tercet.gateway.host;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// The host that a request was sent to: a name in lower case without a final dot, and its port.
///
/// Source: RFC 9110 §7.2, RFC 9112 §3.2.
///
/// @param port -1 if the request named none
public record HostHeader(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

  /// Empty unless the request has exactly one `Host` header and it names a host.
  public static Optional<HostHeader> of(ServerHttpRequest request) {
    List<String> values = request.getHeaders().getOrEmpty(HttpHeaders.HOST);
    if (values.size() != 1) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(values.getFirst());
    if (!matcher.matches() || (matcher.group(1).startsWith("[") && !isIpv6(matcher.group(1)))) {
      return Optional.empty();
    }
    var name = matcher.group(1).toLowerCase(Locale.ROOT);
    var host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    var port = matcher.group(2);
    return Optional.of(new HostHeader(host, port == null ? -1 : Integer.parseInt(port)));
  }

  /// Whether it is an address and no name. What a browser reads as an address (`127.1`) and writes
  /// as one (`127.0.0.1`) is a name here.
  boolean isAddress() {
    return host.startsWith("[") || NetUtil.isValidIpV4Address(host);
  }

  private static boolean isIpv6(String literal) {
    return NetUtil.isValidIpV6Address(literal.substring(1, literal.length() - 1));
  }

  /// The origin of a page on this host, as a browser writes it. Source: RFC 6454 §6.2.
  public String origin(String scheme) {
    var usual = scheme.equals("https") ? 443 : 80;
    return scheme + "://" + host + (port == -1 || port == usual ? "" : ":" + port);
  }
}
