package io.tercet.http.concurrency;

import io.tercet.http.connection.ServerContext;
import io.tercet.http.posix.PosixNetwork;
import io.tercet.http.readiness.Network;

/// Event loops over epoll keep the contract where calls are not handed in together.
class EpollAloneTest extends ConcurrencyModelContract {
  @Override
  Network network() {
    return new PosixNetwork(false);
  }

  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new EventLoops(Network.Kind.EPOLL, protocol, network, capacity);
  }
}
