package io.tercet.gateway.filter.request;

import io.tercet.gateway.limit.LimitSettings;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Limits the body of a request that uploads no file, to `tercet.limit.call-body`.
///
/// It refuses a `Content-Length` above the limit before it reads a byte. It counts a body without
/// `Content-Length` and stops reading at the limit.
@Component
public final class RequestBodyLimit implements GatewayFilter {

  private final long bytesMax;

  RequestBodyLimit(LimitSettings limits) {
    this.bytesMax = limits.callBody().toBytes();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var request = exchange.getRequest();
    if (request.getHeaders().getContentLength() > bytesMax) {
      throw tooLarge();
    }
    return chain.filter(exchange.mutate().request(new CountingRequest(request)).build());
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.TOO_LARGE, "Send at most %d bytes.".formatted(bytesMax));
  }

  private final class CountingRequest extends ServerHttpRequestDecorator {

    CountingRequest(ServerHttpRequest request) {
      super(request);
    }

    @Override
    public Flux<DataBuffer> getBody() {
      var bytes = new AtomicLong();
      return super.getBody()
          .map(buffer -> {
            if (bytes.addAndGet(buffer.readableByteCount()) > bytesMax) {
              DataBufferUtils.release(buffer);
              throw tooLarge();
            }
            return buffer;
          });
    }
  }
}
