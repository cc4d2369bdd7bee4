package io.tercet.gateway.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// The addresses of the proxies that are believed. Immutable, for any thread.
@Component
@EnableConfigurationProperties(ProxySettings.class)
public final class TrustedProxies {

  private final List<IpSubnetFilterRule> ranges;

  /// Reads addresses (`::1`) and ranges (`10.0.0.0/8`).
  ///
  /// @throws IllegalArgumentException if one of them is neither
  TrustedProxies(ProxySettings settings) {
    this.ranges = settings.trusted().stream().map(TrustedProxies::range).toList();
  }

  public boolean contains(InetAddress address) {
    var socket = new InetSocketAddress(address, 0);
    return ranges.stream().anyMatch(range -> range.matches(socket));
  }

  private static IpSubnetFilterRule range(String text) {
    try {
      int slash = text.indexOf('/');
      var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits =
          slash < 0
              ? address.getAddress().length * Byte.SIZE
              : Integer.parseInt(text.substring(slash + 1));
      return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "TERCET_TRUSTED_PROXIES lists addresses and ranges such as ::1,10.0.0.0/8, not " + text,
          wrong);
    }
  }
}
