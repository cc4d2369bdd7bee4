package io.tercet.gateway.filter.request;

import io.tercet.gateway.limit.ClientNetwork;
import io.tercet.gateway.limit.LimitSettings;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Receives the whole body of a request that uploads no file, before the request goes on: a client
/// that sends slowly takes no connection to a service, and no work of one.
///
/// A body is at most `tercet.limit.call-body` long and arrives within `tercet.limit.call-time`. The
/// filter refuses a `Content-Length` above the limit before it reads a byte. It counts a body
/// without `Content-Length` and stops reading at the limit. [ReceivedBodies] bounds what all of
/// them take.
@Component
public final class RequestBodyLimit implements GatewayFilter {

  private final long bytesMax;
  private final Duration timeMax;
  private final ReceivedBodies received;

  RequestBodyLimit(LimitSettings limits, ReceivedBodies received) {
    this.bytesMax = limits.callBody().toBytes();
    this.timeMax = limits.callTime();
    this.received = received;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var request = exchange.getRequest();
    long announced = request.getHeaders().getContentLength();
    if (announced > bytesMax) {
      throw tooLarge();
    }
    if (announced <= 0 && !request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      return chain.filter(exchange);
    }
    return Mono.using(
        () -> new ArrivingBody(network(request)),
        body ->
            request
                .getBody()
                .doOnNext(body::add)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .then(Mono.fromSupplier(body::toByteArray))
                .timeout(timeMax, Mono.error(RequestBodyLimit::tooSlow))
                .flatMap(bytes -> chain.filter(with(bytes, exchange))),
        ArrivingBody::close);
  }

  private static ServerWebExchange with(byte[] bytes, ServerWebExchange exchange) {
    var buffers = exchange.getResponse().bufferFactory();
    var request =
        new ServerHttpRequestDecorator(exchange.getRequest()) {
          @Override
          public Flux<DataBuffer> getBody() {
            return bytes.length == 0
                ? Flux.empty()
                : Flux.defer(() -> Flux.just(buffers.wrap(bytes)));
          }
        };
    return exchange.mutate().request(request).build();
  }

  private static ClientNetwork network(ServerHttpRequest request) {
    return ClientNetwork.of(
        Optional.ofNullable(request.getRemoteAddress())
            .map(InetSocketAddress::getAddress)
            .orElseGet(InetAddress::getLoopbackAddress));
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.TOO_LARGE, "Send at most %d bytes.".formatted(bytesMax));
  }

  private static ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.REQUEST_TIMEOUT, "Send the body at once: it took too long.");
  }

  /// What has arrived of one body. Confined to the event loop of its connection until it is whole.
  private final class ArrivingBody {

    private final ClientNetwork network;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int counted;

    ArrivingBody(ClientNetwork network) {
      this.network = network;
    }

    void add(DataBuffer buffer) {
      try {
        int more = buffer.readableByteCount();
        if (counted + more > bytesMax) {
          throw tooLarge();
        }
        counted += more;
        received.add(network, more);
        var octets = new byte[more];
        buffer.read(octets);
        bytes.writeBytes(octets);
      } finally {
        DataBufferUtils.release(buffer);
      }
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }

    void close() {
      received.remove(network, counted);
    }
  }
}
