package io.tercet.http.concurrency;

import io.tercet.http.concurrency.thread.OneByOne;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;

/// One connection at a time keeps the contract.
class OneByOneTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new OneByOne(protocol, network, capacity);
  }

  /// Whoever connects first is served first; of two queues either might come first, and a client
  /// that says nothing yet would hold up the other.
  @Override
  int listeners() {
    return 1;
  }
}
