package io.tercet.http.concurrency;

import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.nio.NioNetwork;
import io.tercet.http.readiness.Network;

/// Event loops keep the contract where a selector stands in for the pollers.
class NioEventLoopsTest extends ConcurrencyModelContract {
  @Override
  Network network() {
    return new NioNetwork();
  }

  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new EventLoops(Network.Kind.EPOLL, protocol, network, capacity);
  }
}
