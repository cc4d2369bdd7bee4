package io.tercet.gateway.parse;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.Queue;

/// Netty's response encoder, which knows that the answer to HEAD has no body.
///
/// Netty has such an encoder only together with its own decoder. Confined to one connection.
public final class ResponseEncoder extends HttpResponseEncoder {

  private final Queue<HttpMethod> unanswered;

  /// @param unanswered the methods of requests without an answer, from [RequestDecoder]
  public ResponseEncoder(Queue<HttpMethod> unanswered) {
    this.unanswered = unanswered;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    boolean isFinal = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    boolean answersHead = isFinal && HttpMethod.HEAD.equals(unanswered.poll());
    return answersHead || super.isContentAlwaysEmpty(response);
  }
}
