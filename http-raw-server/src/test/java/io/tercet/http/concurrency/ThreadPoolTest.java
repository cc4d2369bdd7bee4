package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.thread.ThreadPool;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A pool of threads keeps the contract, and its promise about a full queue.
class ThreadPoolTest extends ConcurrencyModelContract {
  private static final PoolSize SIZE = new PoolSize(60, 200);

  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new ThreadPool(protocol, network, capacity, SIZE);
  }

  @Test
  void refusesAtOnceWhatFindsTheQueueFull() throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < SIZE.threads() + SIZE.queued(); i++) {
        // They are accepted in the order in which they begin to speak.
        clients.add(client().say("GET /n/next HTTP/1.1\r\n"));
      }
      awaitOpen(clients.size());
      try (Client tooMany = client()) {
        assertThat(tooMany.hear().status()).isEqualTo(503);
        assertThat(tooMany.isClosed()).isTrue();
      }
      // A thread that is free takes the first of the queue.
      for (int i = 0; i < SIZE.threads(); i++) {
        clients.get(i).close();
      }
      assertThat(clients.get(SIZE.threads()).say("Host: a\r\n\r\n").hear().text())
          .isEqualTo("/n/next");
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }
}
