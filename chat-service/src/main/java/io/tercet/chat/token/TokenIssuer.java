package io.tercet.chat.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Issues the tokens that people show to every service: their person and their session, signed.
///
/// Claims: contracts/http.md, "People and sessions". Threading: any thread.
@Component
@EnableConfigurationProperties(TokenSettings.class)
public class TokenIssuer {

  /// The issuer and the audience of every token.
  public static final String TERCET = "tercet";

  private final SigningKeys signingKeys;
  private final TokenSettings settings;
  private final InstantSource clock;

  TokenIssuer(SigningKeys signingKeys, TokenSettings settings, InstantSource clock) {
    this.signingKeys = signingKeys;
    this.settings = settings;
    this.clock = clock;
  }

  /// Signs a token for a person whose session is alive.
  public IssuedToken issue(Person person, SessionId sessionId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(settings.lifetime());
    ECKey key = signingKeys.signing();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(TERCET)
            .audience(TERCET)
            .subject(person.personId().toString())
            .claim("name", person.name())
            .claim("displayName", person.ownDisplayName())
            .claim("guest", person.guest())
            .claim("sid", sessionId.toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiresAt))
            .build();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the token cannot be signed", e);
    }
    return new IssuedToken(token.serialize(), expiresAt);
  }
}
