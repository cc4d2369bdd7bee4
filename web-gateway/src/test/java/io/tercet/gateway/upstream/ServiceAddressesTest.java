package io.tercet.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/// Two replicas of a service under one name, at 127.0.0.1 and 127.0.0.2.
class ServiceAddressesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<DisposableServer> replicas = new ArrayList<>();
  private final FakeNameServer names = new FakeNameServer("127.0.0.1", "127.0.0.2");
  private final HttpClient client =
      new ServiceAddresses(
              Duration.ofSeconds(1), new SingletonDnsServerAddressStreamProvider(names.address()))
          .customize(HttpClient.create(ConnectionProvider.newConnection()));

  @AfterEach
  void end() {
    replicas.forEach(DisposableServer::disposeNow);
    names.close();
  }

  @Test
  void areAllUsed() {
    int port = replica("127.0.0.1", 0);
    replica("127.0.0.2", port);
    Set<String> answered = new HashSet<>();

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          answered.add(ask(port));
          return answered.size() == 2;
        });
  }

  @Test
  void areTriedOneAfterTheOtherWhereOneDoesNotAccept() {
    int port = replica("127.0.0.2", 0);

    for (int request = 0; request < 20; request++) {
      assertThat(ask(port)).isEqualTo("127.0.0.2");
    }
  }

  /// The server of names says that its answer is good for ten minutes.
  @Test
  void areAskedForAgainAfterASecond() {
    int port = replica("127.0.0.1", 0);
    replica("127.0.0.3", port);
    names.say("127.0.0.1");
    assertThat(ask(port)).isEqualTo("127.0.0.1");

    names.say("127.0.0.3");

    Awaitility.await().atMost(PATIENCE).until(() -> ask(port).equals("127.0.0.3"));
  }

  private int replica(String address, int port) {
    DisposableServer replica =
        HttpServer.create()
            .host(address)
            .port(port)
            .handle((_, response) -> response.sendString(Mono.just(address)))
            .bindNow(PATIENCE);
    replicas.add(replica);
    return replica.port();
  }

  private String ask(int port) {
    return client
        .get()
        .uri("http://chat-service.example:" + port + "/")
        .responseContent()
        .aggregate()
        .asString()
        .block(PATIENCE);
  }
}
