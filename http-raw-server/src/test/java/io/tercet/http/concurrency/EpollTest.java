package io.tercet.http.concurrency;

import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;

/// Event loops over epoll keep the contract.
class EpollTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new EventLoops(Network.Kind.EPOLL, protocol, network, capacity);
  }
}
