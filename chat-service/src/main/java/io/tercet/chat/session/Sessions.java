package io.tercet.chat.session;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.people.People;
import io.tercet.chat.people.PersonId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Opens, extends and ends sessions. Use extends a session; it expires without use.
///
/// The secret is 256 random bits, base64url. The store has only its SHA-256, so a stolen database
/// opens no session. Every request checks its session, so a cache keeps each result for
/// [SessionSettings#sessionCheckAge]. A sign-out on this replica takes effect at
/// once, and on another one as soon as its hint comes.
///
/// Threading: any thread. The cache is emptied when it has [#CHECKS_MAX] entries.
@Component
@EnableConfigurationProperties(SessionSettings.class)
public class Sessions implements HintListener {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);
  private static final int SECRET_BYTES = 32;
  private static final int CHECKS_MAX = 50_000;

  /// How often use is written during the idle time of a session: 720 is once an hour in 30 days.
  private static final int EXTENSIONS_PER_IDLE = 720;

  private final SessionStore sessions;
  private final People people;
  private final SessionSettings settings;
  private final InstantSource clock;
  private final SecureRandom random;
  private final HintBroker hints;
  private final Map<SessionId, Check> checks = new ConcurrentHashMap<>();

  private record Check(boolean alive, Instant until) {}

  Sessions(
      SessionStore sessions,
      People people,
      SessionSettings settings,
      InstantSource clock,
      SecureRandom random,
      HintBroker hints) {
    this.sessions = sessions;
    this.people = people;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.hints = hints;
  }

  /// Opens a session for a browser.
  public OpenedSession open(PersonId personId) {
    return open(personId, settings.sessionIdleMax());
  }

  /// Opens a session for a token: it expires soon unless the token is renewed.
  public OpenedSession openForToken(PersonId personId) {
    return open(personId, settings.tokenSessionIdleMax());
  }

  /// Uses the session with this secret; empty if it has ended.
  public Optional<Session> use(String secret) {
    Optional<Session> session = sessions.bySecretHash(sha256(secret), clock.instant());
    session.ifPresent(this::extend);
    return session;
  }

  /// Uses the session with this id; empty if it has ended.
  public Optional<Session> use(SessionId sessionId) {
    Optional<Session> session = sessions.byId(sessionId, clock.instant());
    session.ifPresent(this::extend);
    return session;
  }

  /// Whether the session is alive; the answer may be [SessionSettings#sessionCheckAge] old.
  public boolean isAlive(SessionId sessionId) {
    Instant now = clock.instant();
    Check known = checks.get(sessionId);
    if (known != null && now.isBefore(known.until())) {
      return known.alive();
    }
    boolean alive = sessions.byId(sessionId, now).isPresent();
    cache(sessionId, alive, now);
    return alive;
  }

  /// Ends a session of a person, if it is alive, on every replica.
  public void end(PersonId personId, SessionId sessionId) {
    sessions.remove(sessionId);
    log.info("session ended: sid={}", sessionId);
    hints.publish(new Hint.SessionEnded(personId.value(), sessionId.value()));
  }

  @Override
  public void heard(Hint hint) {
    if (hint instanceof Hint.SessionEnded ended) {
      cache(new SessionId(ended.sessionId()), false, clock.instant());
    }
  }

  /// Those of these sessions that are alive, from the database.
  public Set<SessionId> alive(Collection<SessionId> sessionIds) {
    return sessions.alive(sessionIds, clock.instant());
  }

  /// Deletes at most [SessionSettings#expiredMax] expired sessions, the oldest first; whether there
  /// may be more.
  public boolean removeExpired() {
    int removed = sessions.removeExpired(clock.instant(), settings.expiredMax());
    if (removed > 0) {
      log.info("expired sessions removed: count={}", removed);
    }
    return removed == settings.expiredMax();
  }

  private OpenedSession open(PersonId personId, Duration idleMax) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    SessionId sessionId = new SessionId(UUID.randomUUID());
    Instant expiresAt = clock.instant().plus(idleMax);
    sessions.add(sha256(secret), new Session(sessionId, personId, idleMax, expiresAt));
    log.info("session opened: sid={} personId={}", sessionId, personId);
    return new OpenedSession(sessionId, secret);
  }

  private void extend(Session session) {
    Instant now = clock.instant();
    Instant expiresAt = now.plus(session.idleMax());
    Duration sinceExtended = Duration.between(session.expiresAt(), expiresAt);
    if (sinceExtended.compareTo(session.idleMax().dividedBy(EXTENSIONS_PER_IDLE)) > 0) {
      sessions.extend(session.sessionId(), expiresAt);
      people.seen(session.personId());
    }
  }

  private void cache(SessionId sessionId, boolean alive, Instant now) {
    if (checks.size() >= CHECKS_MAX) {
      checks.clear();
    }
    checks.put(sessionId, new Check(alive, now.plus(settings.sessionCheckAge())));
  }

  private static String sha256(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
