package io.tercet.http.access;

import io.tercet.http.message.IpAddress;

/// Addresses as text; that of the last client is kept, because one that comes often comes often in
/// a row. Confined to one thread.
final class Addresses {
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
