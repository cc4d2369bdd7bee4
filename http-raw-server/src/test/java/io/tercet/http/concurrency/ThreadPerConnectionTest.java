package io.tercet.http.concurrency;

import io.tercet.http.concurrency.thread.ThreadPerConnection;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A platform thread per connection keeps the contract.
class ThreadPerConnectionTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new ThreadPerConnection(protocol, network, capacity);
  }

  @Test
  void letsAThousandHandlersWaitAtOnce() throws IOException {
    handlersWaitAtOnce(1_000);
  }
}
