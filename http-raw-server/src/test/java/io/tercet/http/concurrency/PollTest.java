package io.tercet.http.concurrency;

import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;

/// Event loops over poll keep the contract.
class PollTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new EventLoops(Network.Kind.POLL, protocol, network, capacity);
  }
}
