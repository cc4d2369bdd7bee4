package io.tercet.chat.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// The keys that sign tokens: ES256, in the database, the same on all replicas.
///
/// A key signs for [TokenSettings#keyAge]. Its successor is published for [TokenSettings#keyLead]
/// before it signs, so every verifier knows it by then. A key that signs no more stays published
/// until the last token that it signed has expired, and for the same lead after that. The rows say
/// from when each key signs, so replicas agree about it as far as their clocks do; those may differ
/// by less than the lead.
///
/// The keys are read at their first use and not at the start, so the build needs no database; then
/// once a minute, and when a token comes whose key this replica does not know.
///
/// - Bounds: tokens with unknown keys make it read at most once in [#REREAD_MIN].
/// - Threading: any thread. Only a read is guarded by a lock.
/// - Errors: while the database is away, the keys that were read before are used.
@Component
public class SigningKeys {

  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
  private static final String PERIOD = "${tercet.token.key-read-period:1m}";
  private static final Duration REREAD_MIN = Duration.ofSeconds(1);

  private final SigningKeyStore store;
  private final TokenSettings settings;
  private final InstantSource clock;
  private volatile @Nullable Known known;

  private record Known(List<StoredKey> keys, Instant readAt) {}

  SigningKeys(SigningKeyStore store, TokenSettings settings, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /// The public keys, as `/.well-known/jwks.json` returns them.
  public Map<String, Object> publicKeys() {
    return set(known()).toJSONObject(true);
  }

  /// The public keys that may have signed a token.
  public List<JWK> matching(JWKSelector selector) {
    Known before = known();
    List<JWK> found = selector.select(set(before));
    boolean mayBeNew =
        found.isEmpty() && !clock.instant().isBefore(before.readAt().plus(REREAD_MIN));
    return mayBeNew ? selector.select(set(read(before))) : found;
  }

  /// The key that signs now, with its private part.
  ECKey signing() {
    List<StoredKey> keys = known().keys();
    Instant now = clock.instant();
    return keys.reversed().stream()
        .filter(key -> !key.signsAt().isAfter(now))
        .findFirst()
        .orElse(keys.getFirst())
        .key();
  }

  /// Adds the next key when it is time to publish it, and removes those that nobody needs.
  public void rotate() {
    List<StoredKey> keys = read(null).keys();
    Instant now = clock.instant();
    StoredKey newest = keys.getLast();
    Instant signsAt = now.plus(settings.keyLead());
    if (!newest.signsAt().plus(settings.keyAge()).isAfter(signsAt)) {
      ECKey next = generate();
      if (store.add(next, newest.place() + 1, now, signsAt)) {
        log.info("signing key added: keyId={} signsAt={}", next.getKeyID(), signsAt);
      }
    }
    for (int i = 0; i < keys.size() - 1; i++) {
      Instant lastExpired = keys.get(i + 1).signsAt().plus(settings.lifetime());
      if (!lastExpired.plus(settings.keyLead()).isAfter(now)) {
        store.remove(keys.get(i).key().getKeyID());
        log.info("signing key removed: keyId={}", keys.get(i).key().getKeyID());
      }
    }
    read(null);
  }

  /// Learns what other replicas changed.
  @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
  void reread() {
    read(null);
  }

  private Known known() {
    Known current = known;
    return current == null ? read(null) : current;
  }

  /// Reads the keys, unless another thread did so since `before` was read.
  private synchronized Known read(@Nullable Known before) {
    Known current = known;
    if (before != null && current != null && current.readAt().isAfter(before.readAt())) {
      return current;
    }
    List<StoredKey> keys = store.all();
    if (keys.isEmpty()) {
      store.add(generate(), 1, clock.instant(), clock.instant());
      // Another replica may have been first.
      keys = store.all();
    }
    Known read = new Known(keys, clock.instant());
    known = read;
    return read;
  }

  private static JWKSet set(Known keys) {
    return new JWKSet(
        keys.keys().stream().map(stored -> (JWK) stored.key().toPublicJWK()).toList());
  }

  private static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("a signing key cannot be made", e);
    }
  }
}
