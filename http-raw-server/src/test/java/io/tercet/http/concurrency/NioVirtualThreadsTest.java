package io.tercet.http.concurrency;

import io.tercet.http.concurrency.thread.VirtualThreads;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.nio.NioNetwork;
import io.tercet.http.readiness.Network;

/// So do virtual threads.
class NioVirtualThreadsTest extends ConcurrencyModelContract {
  @Override
  Network network() {
    return new NioNetwork();
  }

  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new VirtualThreads(protocol, network, capacity);
  }
}
