package io.tercet.http.access;

import io.tercet.http.message.Address;

/// Addresses as text; that of the last client is kept, because one that comes often comes often in
/// a row. Confined to one thread.
final class Addresses {
  private Address last = Address.ofIpv4(0);
  private String text = last.toString();

  String of(Address address) {
    if (!address.equals(last)) {
      last = address;
      text = address.toString();
    }
    return text;
  }
}
