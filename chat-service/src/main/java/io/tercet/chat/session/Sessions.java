package io.tercet.chat.session;

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
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Sessions: opened at sign-in, kept alive by use, ended by sign-out or by silence.
///
/// The secret is 256 random bits, base64url; only its SHA-256 is stored, so a stolen database opens
/// nothing. "Is it alive?" is asked with every request, so the answer is believed for
/// [SessionSettings#sessionCheckAge]; an end on this replica is seen at once.
///
/// Threading: any thread. The memory of checks is dropped whole at [#CHECKS_MAX] entries.
@Component
@EnableConfigurationProperties(SessionSettings.class)
public class Sessions {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);
  private static final int SECRET_BYTES = 32;
  private static final int CHECKS_MAX = 50_000;

  /// How many times in its idle time a session in use is written: 720 is every hour of 30 days.
  private static final int TOUCHES_PER_IDLE = 720;

  private final SessionStore sessions;
  private final People people;
  private final SessionSettings settings;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<SessionId, Check> checks = new ConcurrentHashMap<>();

  private record Check(boolean alive, Instant until) {}

  Sessions(
      SessionStore sessions,
      People people,
      SessionSettings settings,
      InstantSource clock,
      SecureRandom random) {
    this.sessions = sessions;
    this.people = people;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /// Opens a session for a browser.
  public OpenedSession open(PersonId personId) {
    return open(personId, settings.sessionIdleMax());
  }

  /// Opens a session that only carries a token: it ends soon unless the token is renewed.
  public OpenedSession openForToken(PersonId personId) {
    return open(personId, settings.tokenSessionIdleMax());
  }

  /// The session of a cookie's value, if it is alive. Counts as use.
  public Optional<Session> use(String secret) {
    Optional<Session> session = sessions.bySecretHash(sha256(secret), clock.instant());
    session.ifPresent(this::touch);
    return session;
  }

  /// Counts as use of a session that is known by its id. Empty if it has ended.
  public Optional<Session> use(SessionId sessionId) {
    Optional<Session> session = sessions.byId(sessionId, clock.instant());
    session.ifPresent(this::touch);
    return session;
  }

  /// Whether the session has not ended; at most [SessionSettings#sessionCheckAge] old.
  public boolean isAlive(SessionId sessionId) {
    Instant now = clock.instant();
    Check known = checks.get(sessionId);
    if (known != null && now.isBefore(known.until())) {
      return known.alive();
    }
    boolean alive = sessions.byId(sessionId, now).isPresent();
    remember(sessionId, alive, now);
    return alive;
  }

  /// Ends a session; nothing happens if it has ended already.
  public void end(SessionId sessionId) {
    sessions.remove(sessionId);
    remember(sessionId, false, clock.instant());
    log.info("session ended: sid={}", sessionId);
  }

  /// Forgets sessions that ended by silence.
  public void removeExpired() {
    int removed = sessions.removeExpired(clock.instant());
    if (removed > 0) {
      log.info("expired sessions removed: count={}", removed);
    }
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

  private void touch(Session session) {
    Instant now = clock.instant();
    Instant expiresAt = now.plus(session.idleMax());
    Duration sinceTouch = Duration.between(session.expiresAt(), expiresAt);
    if (sinceTouch.compareTo(session.idleMax().dividedBy(TOUCHES_PER_IDLE)) > 0) {
      sessions.extend(session.sessionId(), expiresAt);
      people.seen(session.personId());
    }
  }

  private void remember(SessionId sessionId, boolean alive, Instant now) {
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
