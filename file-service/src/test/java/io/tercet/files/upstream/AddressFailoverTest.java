package io.tercet.files.upstream;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/// Two replicas under one name, at 127.0.0.1 and 127.0.0.2.
class AddressFailoverTest {

  private final List<HttpServer> replicas = new ArrayList<>();
  private final AtomicInteger received = new AtomicInteger();
  private final RestClient client =
      RestClient.builder()
          .requestFactory(
              new JdkClientHttpRequestFactory(
                  HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()))
          .requestInterceptor(new AddressFailover(AddressFailoverTest::addresses))
          .build();

  private static InetAddress[] addresses(String name) throws UnknownHostException {
    if (!name.equals("chat-service")) {
      throw new UnknownHostException(name);
    }
    return new InetAddress[] {
      InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2")
    };
  }

  @AfterEach
  void end() {
    replicas.forEach(replica -> replica.stop(0));
  }

  @Test
  void usesEveryAddress() throws IOException {
    int port = replica("127.0.0.1", 0, "one");
    replica("127.0.0.2", port, "two");

    assertThat(IntStream.range(0, 64).mapToObj(_ -> post(port)).collect(toSet()))
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void goesOnToTheNextAddressWhereOneDoesNotAccept() throws IOException {
    int port = replica("127.0.0.2", 0, "two");

    for (int request = 0; request < 20; request++) {
      assertThat(post(port)).isEqualTo("two");
    }
    assertThat(received).hasValue(20);
  }

  /// A replica that ends a connection without an answer may have done what it was asked.
  @Test
  void doesNotRepeatWhatAReplicaMayHaveReceived() throws IOException {
    int port = replica("127.0.0.1", 0, null);
    replica("127.0.0.2", port, null);

    assertThatThrownBy(() -> post(port)).isInstanceOf(ResourceAccessException.class);
    assertThat(received).hasValue(1);
  }

  @Test
  void saysWhatTheLastAddressSaidWhereNoneAccepts() throws IOException {
    int port = replica("127.0.0.1", 0, "one");
    replicas.getFirst().stop(0);

    assertThatThrownBy(() -> post(port)).hasCauseInstanceOf(ConnectException.class);
  }

  private String post(int port) {
    return String.valueOf(
        client
            .post()
            .uri("http://chat-service:" + port + "/path?and=query")
            .body("body")
            .retrieve()
            .body(String.class));
  }

  /// @param answer what it answers; nothing, and the end of the connection, if there is none
  private int replica(String address, int port, @Nullable String answer) throws IOException {
    HttpServer replica = HttpServer.create(new InetSocketAddress(address, port), 0);
    replica.createContext(
        "/path",
        exchange -> {
          received.incrementAndGet();
          if (answer != null) {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    replica.start();
    replicas.add(replica);
    return replica.getAddress().getPort();
  }
}
