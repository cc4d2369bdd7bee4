package io.tercet.http.access;

import io.tercet.http.message.IpAddress;

/// Addresses as text. It keeps the text of the last address, because a busy client often has
/// several lines in a row. Confined to one thread.
final class CachedAddressText {
  private IpAddress last = IpAddress.ofIpv4(0);
  private String text = last.toString();

  String of(IpAddress address) {
    if (!address.equals(last)) {
      last = address;
      text = address.toString();
    }
    return text;
  }
}
