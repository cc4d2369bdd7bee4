package io.tercet.http.concurrency;

import io.tercet.http.connection.Protocol;
import io.tercet.http.readiness.Network;

/// Event loops over epoll keep the contract.
class EpollTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, Protocol protocol, int connectionsMax) {
    return new EventLoops("epoll", protocol, network::poller, connectionsMax);
  }
}
