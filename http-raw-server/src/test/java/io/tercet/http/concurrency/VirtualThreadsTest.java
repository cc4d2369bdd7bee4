package io.tercet.http.concurrency;

import io.tercet.http.concurrency.thread.VirtualThreads;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A virtual thread per connection keeps the contract.
class VirtualThreadsTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new VirtualThreads(protocol, network, capacity);
  }

  @Test
  void letsAThousandHandlersWaitAtOnce() throws IOException {
    handlersWaitAtOnce(1_000);
  }
}
