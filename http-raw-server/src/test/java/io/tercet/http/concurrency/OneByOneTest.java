package io.tercet.http.concurrency;

import io.tercet.http.connection.Protocol;
import io.tercet.http.readiness.Network;

/// One connection at a time keeps the contract.
class OneByOneTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, Protocol protocol, Capacity capacity) {
    return new OneByOne(protocol, network, capacity);
  }
}
