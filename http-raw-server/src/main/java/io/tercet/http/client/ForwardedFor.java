package io.tercet.http.client;

import io.tercet.http.message.Headers;
import io.tercet.http.message.IpAddress;
import java.util.Optional;

/// Reads `X-Forwarded-For`. Each proxy appends the address that it received the request from.
///
/// Only what trusted proxies appended can be believed. So the field is read from the right, and the
/// first address that is not a trusted proxy's is the client. Anybody may have written what stands
/// left of it.
final class ForwardedFor {
  private static final String NAME = "x-forwarded-for";

  private ForwardedFor() {}

  /// The client of a request that a trusted proxy sent: `peer` itself if the field names nobody.
  ///
  /// A member that is no address ends the search, and the last proxy is the client.
  static IpAddress client(Headers headers, IpAddress peer, TrustedProxies proxies) {
    String list = headers.joined(NAME).orElse("");
    IpAddress client = peer;
    int end = list.length();
    while (end > 0 && proxies.contains(client)) {
      int comma = list.lastIndexOf(',', end - 1);
      Optional<IpAddress> address = address(list.substring(comma + 1, end).strip());
      if (address.isEmpty()) {
        return client;
      }
      client = address.get();
      end = comma;
    }
    return client;
  }

  /// An address, perhaps with a port: `1.2.3.4:5`, `[::1]:5`, `[::1]`.
  private static Optional<IpAddress> address(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      return close < 0 ? Optional.empty() : IpAddress.parse(text.substring(1, close));
    }
    int colon = text.indexOf(':');
    boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
    return IpAddress.parse(hasPort ? text.substring(0, colon) : text);
  }
}
