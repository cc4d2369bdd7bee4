package io.tercet.http.access;

import io.tercet.http.message.Address;

/// Addresses as text. It keeps the text of the last address, because a busy client often has
/// several lines in a row. Confined to one thread.
final class CachedAddressText {
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
