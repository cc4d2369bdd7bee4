package io.tercet.files.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// Issues the tokens by which this service identifies itself: HS256, for one callee, 50 seconds.
///
/// - Threading: safe.
/// - Source: contracts/internal.md.
public final class ServiceTokens {
  private static final Duration LIFE = Duration.ofSeconds(50);

  private final ServiceSecret secret;
  private final Clock clock;

  public ServiceTokens(ServiceSecret secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /// A new token for the named service.
  public String tokenFor(String callee) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("file-service")
            .audience(callee)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(new MACSigner(secret.key()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a service token cannot be signed", e);
    }
    return token.serialize();
  }
}
