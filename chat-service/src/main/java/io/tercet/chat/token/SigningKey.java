package io.tercet.chat.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The key that signs tokens: ES256, generated at the first start, stored in the database.
///
/// It is read at its first use and not at the start, so the build needs no database. Threading: any
/// thread; guarded by itself.
@Component
public class SigningKey {

  private final SigningKeyStore store;
  private final InstantSource clock;
  private @Nullable ECKey key;

  SigningKey(SigningKeyStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// The public keys, as `/.well-known/jwks.json` returns them.
  public Map<String, Object> publicKeys() {
    return new JWKSet(key().toPublicJWK()).toJSONObject(true);
  }

  /// The key with its private part.
  public synchronized ECKey key() {
    if (key == null) {
      key = load();
    }
    return key;
  }

  private ECKey load() {
    try {
      List<String> stored = store.jwks();
      if (stored.isEmpty()) {
        String keyId = UUID.randomUUID().toString();
        ECKey fresh =
            new ECKeyGenerator(Curve.P_256)
                .keyID(keyId)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .generate();
        store.addFirst(keyId, fresh.toJSONString(), clock.millis());
        stored = store.jwks();
      }
      return ECKey.parse(stored.getLast());
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException("the signing key cannot be made or read", e);
    }
  }
}
