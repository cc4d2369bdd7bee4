package io.tercet.http.client;

import io.tercet.http.message.IpAddress;
import io.tercet.http.message.IpAddressRange;
import java.util.List;

/// The proxies that are believed about their clients. Immutable.
///
/// @param ranges where they connect from
/// @param proxyProtocol whether their connections begin with a PROXY header
public record TrustedProxies(List<IpAddressRange> ranges, boolean proxyProtocol) {
  /// No proxy is believed.
  public static final TrustedProxies NONE = new TrustedProxies(List.of(), false);

  /// Copies the list.
  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  boolean contains(IpAddress address) {
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }
}
