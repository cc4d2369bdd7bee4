package io.tercet.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// A service behind the gateway. It records requests and answers with its own name, unless a test
/// sets another behaviour.
final class FakeService {

  private final String name;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final DisposableServer server;
  private volatile BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> behaviour;

  record Seen(String method, String uri, HttpHeaders headers) {

    String header(String name) {
      return headers.get(name);
    }
  }

  FakeService(String name) {
    this.name = name;
    this.behaviour = this::sayName;
    this.server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            // As much as the gateway passes on, and what it adds.
            .httpRequestDecoder(head -> head.maxInitialLineLength(8192).maxHeaderSize(32_768))
            .handle((request, response) -> {
              seen.add(
                  new Seen(
                      request.method().name(), request.uri(), request.requestHeaders().copy()));
              return behaviour.apply(request, response);
            })
            .bindNow(Duration.ofSeconds(30));
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  void reset() {
    seen.clear();
    behaviour = this::sayName;
  }

  void behave(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> behaviour) {
    this.behaviour = behaviour;
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  Seen onlyRequest() {
    var all = seen();
    if (all.size() != 1) {
      throw new AssertionError(name + " saw " + all);
    }
    return all.getFirst();
  }

  private Publisher<Void> sayName(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .then()
        .then(response.header("Set-Cookie", "planted=1").sendString(Mono.just(name)).then());
  }
}
