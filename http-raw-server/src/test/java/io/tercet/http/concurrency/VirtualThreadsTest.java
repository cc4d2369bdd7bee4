package io.tercet.http.concurrency;

import io.tercet.http.connection.Protocol;
import io.tercet.http.readiness.Network;

/// A virtual thread per connection keeps the contract.
class VirtualThreadsTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, Protocol protocol, Capacity capacity) {
    return new VirtualThreads(protocol, network, capacity);
  }
}
