package io.tercet.gateway.filter.request;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Refuses an upload with neither `Content-Length` nor `Transfer-Encoding`: it has no content (RFC
/// 9112 §6.3), and would empty the file that it replaces.
///
/// file-service cannot see this behind the gateway, whose own client sends such a request in
/// chunks. A path that ends with a slash is a folder, which has no content.
@Component
public final class RequireLength implements GatewayFilter {
  private static final String FILES = "/api/files/";

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var request = exchange.getRequest();
    var headers = request.getHeaders();
    if (isUpload(request)
        && headers.getContentLength() < 0
        && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      throw new ProblemException(
          ProblemType.LENGTH_REQUIRED, "Send Content-Length: 0 to store an empty file.");
    }
    return chain.filter(exchange);
  }

  private static boolean isUpload(ServerHttpRequest request) {
    var path = request.getURI().getRawPath();
    return request.getMethod().equals(HttpMethod.PUT)
        && path.startsWith(FILES)
        && !path.endsWith("/");
  }
}
