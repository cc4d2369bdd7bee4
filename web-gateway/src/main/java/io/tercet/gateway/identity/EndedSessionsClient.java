package io.tercet.gateway.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import reactor.core.publisher.Flux;

/// The stream in which chat-service names ended sessions. Source: contracts/internal.md.
interface EndedSessionsClient {

  /// Goes on until it breaks.
  @GetExchange(url = "/internal/sessions/ended", accept = MediaType.APPLICATION_NDJSON_VALUE)
  Flux<Line> listen(@RequestHeader(HttpHeaders.AUTHORIZATION) String authorization);

  /// A line of the stream.
  ///
  /// @param sessionId a session that ended, or none
  /// @param complete whether chat-service hears of all sessions now; none if the line is about one
  record Line(@Nullable String sessionId, @Nullable Boolean complete) {}
}
