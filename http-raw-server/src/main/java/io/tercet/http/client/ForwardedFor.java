package io.tercet.http.client;

import io.tercet.http.message.Headers;
import io.tercet.http.message.IpAddress;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads `X-Forwarded-For`: each proxy adds, on the right, whom it heard from.
///
/// Only what trusted proxies added can be believed, so it is read from the right: the first address
/// that is not a trusted proxy's is the client. All that stands left of it may be made up.
final class ForwardedFor {
  private static final String NAME = "x-forwarded-for";

  private ForwardedFor() {}

  /// The client of a request that a trusted proxy sent: `peer` itself if nothing better is said.
  ///
  /// What is no address ends the search at the last proxy that said something true.
  static IpAddress client(Headers headers, IpAddress peer, Predicate<IpAddress> trusted) {
    String list = headers.joined(NAME).orElse("");
    IpAddress client = peer;
    int end = list.length();
    while (end > 0 && trusted.test(client)) {
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
