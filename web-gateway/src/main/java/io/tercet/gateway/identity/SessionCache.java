package io.tercet.gateway.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClientResponseException.Unauthorized;
import reactor.core.publisher.Mono;

/// Exchanges sessions for tokens, and caches the result for seconds.
///
/// - Key: SHA-256 of the cookie, so that a heap dump opens no session.
/// - Bounds: at most `sessionsMax` entries, each for at most `tokenReuse`, and each shorter than
///   its token is valid. While the gateway does not hear of ended sessions, each for at most
///   `unheardReuse`.
/// - An ended session leaves the cache at once. An exchange that began before and is answered after
///   it counts as ended, too.
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

  private static final CachedSession ENDED =
      new CachedSession(new SessionState.Ended(), Duration.ofDays(1), null);

  private final SessionExchangeClient chat;
  private final ServiceTokens tokens;
  private final InstantSource clock;
  private final IdentitySettings settings;
  private final AsyncCache<String, CachedSession> cache;

  /// The key of each session in the cache, by the id of the session.
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  /// Sessions that ended so short a time ago that an exchange from before may not be answered yet.
  private final Cache<String, Boolean> justEnded;

  private volatile boolean hears;

  /// @param sessionId null if the session had ended
  private record CachedSession(SessionState state, Duration reuse, @Nullable String sessionId) {}

  SessionCache(
      SessionExchangeClient chat,
      ServiceTokens tokens,
      InstantSource clock,
      Ticker ticker,
      IdentitySettings settings) {
    this.chat = chat;
    this.tokens = tokens;
    this.clock = clock;
    this.settings = settings;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(settings.sessionsMax())
            .ticker(ticker)
            .expireAfter(
                Expiry.<String, CachedSession>creating(
                    (_, cached) -> shorter(cached.reuse(), reuseMax())))
            .removalListener((key, gone, _) -> forget(key, gone))
            .buildAsync();
    this.justEnded =
        Caffeine.newBuilder()
            .maximumSize(settings.sessionsMax())
            .expireAfterWrite(settings.answerTimeout().multipliedBy(2))
            .ticker(ticker)
            .build();
  }

  /// Fails with `service-unavailable` if chat-service does not answer as it should.
  public Mono<SessionState> lookUp(String session) {
    return Mono.defer(() -> cached(session)).map(CachedSession::state);
  }

  /// Removes a session at once. An exchange that is in progress will not be cached.
  public void evict(String session) {
    cache.synchronous().invalidate(key(session));
  }

  /// Says whether the gateway hears of each session that ends from now on. The cache is empty after
  /// each change: nobody knows what ended before.
  void hears(boolean now) {
    if (hears != now) {
      hears = now;
      cache.synchronous().invalidateAll();
    }
  }

  boolean hears() {
    return hears;
  }

  /// Removes a session that ended, whichever gateway or door it ended at.
  void ended(String sessionId) {
    justEnded.put(sessionId, true);
    String key = keys.remove(sessionId);
    if (key != null) {
      cache.synchronous().invalidate(key);
    }
  }

  /// How many sessions have an id in the index.
  int indexed() {
    return keys.size();
  }

  private Duration reuseMax() {
    return hears ? settings.tokenReuse() : shorter(settings.unheardReuse(), settings.tokenReuse());
  }

  /// Keeps the index as small as the cache. A key that came back meanwhile stays.
  private void forget(@Nullable String key, @Nullable CachedSession gone) {
    if (key != null && gone != null && gone.sessionId() != null) {
      keys.computeIfPresent(
          gone.sessionId(), (_, known) -> cache.asMap().containsKey(key) ? known : null);
    }
  }

  private Mono<CachedSession> cached(String session) {
    var key = key(session);
    var pending = cache.get(key, (_, _) -> exchange(key, session).toFuture());
    // The cache drops a failure on its own, but maybe only after the next request has asked again.
    return Mono.fromFuture(pending, true).doOnError(_ -> cache.asMap().remove(key, pending));
  }

  private Mono<CachedSession> exchange(String key, String session) {
    var authorization = "Bearer " + tokens.forService(CHAT);
    return chat.exchange(authorization, new SessionExchangeClient.ExchangeRequest(session))
        .map(granted -> active(key, granted))
        .onErrorReturn(Unauthorized.class, ENDED)
        .onErrorMap(failure ->
            new ProblemException(
                ProblemType.SERVICE_UNAVAILABLE, "session not exchanged: " + failure));
  }

  /// The index knows the session before anybody asks whether it has just ended.
  private CachedSession active(String key, SessionExchangeClient.ExchangeResponse granted) {
    keys.put(granted.sessionId(), key);
    if (justEnded.getIfPresent(granted.sessionId()) != null) {
      keys.remove(granted.sessionId());
      return ENDED;
    }
    return new CachedSession(
        new SessionState.Active(granted.token()), reuse(granted), granted.sessionId());
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
