package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Event loops over select keep the contract, and their promise about large descriptors.
class SelectTest extends ConcurrencyModelContract {
  @Override
  ConcurrencyModel model(Network network, ServerContext protocol, Capacity capacity) {
    return new EventLoops(Network.Kind.SELECT, protocol, network, capacity);
  }

  @Test
  void refusesConnectionsWhoseDescriptorIsTooLarge() throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      // Both ends are in this process, so that these take every descriptor below 1,024.
      for (int i = 0; i < 600; i++) {
        clients.add(client().say("GET /n/first HTTP/1.1\r\n"));
      }
      assertThat(clients.getLast().hear().status()).isEqualTo(503);
      assertThat(clients.getLast().isClosed()).isTrue();
      assertThat(clients.getFirst().say("Host: a\r\n\r\n").hear().text()).isEqualTo("/n/first");
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    try (Client client = client()) {
      assertThat(client.ask("/n/again").text()).isEqualTo("/n/again");
    }
  }
}
