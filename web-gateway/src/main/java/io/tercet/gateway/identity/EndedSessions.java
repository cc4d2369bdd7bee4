package io.tercet.gateway.identity;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/// Keeps a stream to chat-service open, in which it names the sessions that ended, and removes them
/// from the cache.
///
/// - While the stream is not there, or chat-service does not hear of all sessions, the cache keeps
///   a session for a shorter time ([IdentitySettings#unheardReuse]). Each new stream begins with an
///   empty cache: nobody knows what ended before it.
/// - A stream without a line for [IdentitySettings#answerTimeout] is broken.
/// - Bounds: one stream. Between two attempts it waits for at most
///   [IdentitySettings#retryMax], at first for [#RETRY_MIN].
///
/// Runs on the event loops; never blocks.
final class EndedSessions implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EndedSessions.class);
  private static final Duration RETRY_MIN = Duration.ofMillis(100);
  private static final String CHAT = "chat-service";

  private final EndedSessionsClient chat;
  private final ServiceTokens tokens;
  private final SessionCache sessions;
  private final IdentitySettings settings;
  private volatile @Nullable Disposable listening;

  EndedSessions(
      EndedSessionsClient chat,
      ServiceTokens tokens,
      SessionCache sessions,
      IdentitySettings settings,
      MeterRegistry metrics) {
    this.chat = chat;
    this.tokens = tokens;
    this.sessions = sessions;
    this.settings = settings;
    Gauge.builder("tercet.sessions.heard", sessions, cache -> cache.hears() ? 1 : 0)
        .description("Whether chat-service tells now which sessions end: 1 or 0")
        .register(metrics);
  }

  @Override
  public void start() {
    listening = Flux.defer(this::stream).retryWhen(backOff()).subscribe();
  }

  private Flux<EndedSessionsClient.Line> stream() {
    return chat.listen("Bearer " + tokens.forService(CHAT))
        .doOnNext(this::heard)
        .doFinally(_ -> sessions.hears(false))
        .concatWith(Flux.error(() -> new IllegalStateException("the stream ended")));
  }

  /// A line that came puts the pause back to its first length.
  private Retry backOff() {
    return Retry.backoff(Long.MAX_VALUE, RETRY_MIN)
        .maxBackoff(settings.retryMax())
        .transientErrors(true)
        .doBeforeRetry(
            broken -> log.debug("stream of ended sessions broke: {}", broken.failure().toString()));
  }

  private void heard(EndedSessionsClient.Line line) {
    if (line.complete() != null) {
      sessions.hears(line.complete());
    }
    if (line.sessionId() != null) {
      sessions.ended(line.sessionId());
    }
  }

  @Override
  public void stop() {
    Disposable stream = listening;
    if (stream != null) {
      stream.dispose();
    }
    listening = null;
  }

  @Override
  public boolean isRunning() {
    return listening != null;
  }
}
