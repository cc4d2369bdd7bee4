package io.tercet.gateway.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.springframework.web.reactive.function.client.WebClientResponseException.Unauthorized;
import reactor.core.publisher.Mono;

/// Exchanges sessions for tokens, and caches the result for seconds.
///
/// - Key: SHA-256 of the cookie, so that a heap dump opens no session.
/// - Bounds: at most `sessionsMax` entries, each for at most `tokenReuse`, and each shorter than
///   its token is valid.
/// - Concurrent requests with the same cookie share one exchange. If one of them is cancelled, the
///   exchange goes on for the others.
/// - It caches an ended session too, which cannot become active again. It does not cache a failure.
///
/// Safe for any thread, through its cache; never blocks.
public final class SessionCache {

  private static final String CHAT = "chat-service";

  /// How long before its end a token is no longer used: it must still be valid when the service
  /// reads it.
  private static final Duration TOKEN_MARGIN = Duration.ofSeconds(5);

  private final SessionExchangeClient chat;
  private final ServiceTokens tokens;
  private final InstantSource clock;
  private final AsyncCache<String, CachedSession> cache;

  private record CachedSession(SessionState state, Duration reuse) {}

  SessionCache(
      SessionExchangeClient chat,
      ServiceTokens tokens,
      InstantSource clock,
      Ticker ticker,
      IdentitySettings settings) {
    this.chat = chat;
    this.tokens = tokens;
    this.clock = clock;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(settings.sessionsMax())
            .ticker(ticker)
            .expireAfter(
                Expiry.<String, CachedSession>creating(
                    (_, cached) -> shorter(cached.reuse(), settings.tokenReuse())))
            .buildAsync();
  }

  /// Fails with `service-unavailable` if chat-service does not answer as it should.
  public Mono<SessionState> lookUp(String session) {
    return Mono.defer(() -> cached(session)).map(CachedSession::state);
  }

  /// Removes a session at once. An exchange that is in progress will not be cached.
  public void evict(String session) {
    cache.synchronous().invalidate(key(session));
  }

  private Mono<CachedSession> cached(String session) {
    var key = key(session);
    var pending = cache.get(key, (_, _) -> exchange(session).toFuture());
    // The cache drops a failure on its own, but maybe only after the next request has asked again.
    return Mono.fromFuture(pending, true).doOnError(_ -> cache.asMap().remove(key, pending));
  }

  private Mono<CachedSession> exchange(String session) {
    var authorization = "Bearer " + tokens.forService(CHAT);
    return chat.exchange(authorization, new SessionExchangeClient.ExchangeRequest(session))
        .map(granted -> new CachedSession(new SessionState.Active(granted.token()), reuse(granted)))
        .onErrorReturn(
            Unauthorized.class, new CachedSession(new SessionState.Ended(), Duration.ofDays(1)))
        .onErrorMap(failure ->
            new ProblemException(
                ProblemType.SERVICE_UNAVAILABLE, "session not exchanged: " + failure));
  }

  private Duration reuse(SessionExchangeClient.ExchangeResponse granted) {
    Instant now = clock.instant();
    var left = Duration.between(now, granted.expiresAt()).minus(TOKEN_MARGIN);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String key(String session) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(session.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
