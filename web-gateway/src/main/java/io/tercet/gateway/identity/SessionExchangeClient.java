package io.tercet.gateway.identity;

import java.time.Instant;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.PostExchange;
import reactor.core.publisher.Mono;

/// What the gateway asks chat-service for each session: a token. Source:
/// contracts/internal.md.
interface SessionExchangeClient {

  /// Fails with a 401 if the session has ended.
  @PostExchange("/internal/session/exchange")
  Mono<ExchangeResponse> exchange(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
      @RequestBody ExchangeRequest request);

  /// A session to exchange.
  ///
  /// @param session the cookie's value
  record ExchangeRequest(String session) {

    @Override
    public String toString() {
      return "ExchangeRequest";
    }
  }

  /// A token in exchange.
  ///
  /// @param token the person's token for the services
  /// @param expiresAt when services stop accepting it
  /// @param sessionId names the session where its secret must not be
  record ExchangeResponse(String token, Instant expiresAt, String sessionId) {

    @Override
    public String toString() {
      return "ExchangeResponse until " + expiresAt;
    }
  }
}
