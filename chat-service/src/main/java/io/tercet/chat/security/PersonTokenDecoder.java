package io.tercet.chat.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.SigningKeys;
import io.tercet.chat.token.TokenIssuer;
import java.time.Duration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// Verifies people's tokens with this service's own keys, and that their session has not ended.
///
/// Errors: `service-unavailable` if the database is away and the keys or the session are not known.
final class PersonTokenDecoder {

  /// The error code of a valid token whose session has ended.
  static final String SESSION_ENDED = "session_ended";

  private static final OAuth2Error ENDED = new OAuth2Error(SESSION_ENDED);
  private static final OAuth2Error INVALID = new OAuth2Error("invalid_token");

  private PersonTokenDecoder() {}

  static JwtDecoder decoder(SigningKeys signingKeys, Sessions sessions) {
    JWKSource<SecurityContext> keys = (selector, context) -> signingKeys.matching(selector);
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
    // The validators below check time and claims.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(Duration.ZERO), token -> check(token, sessions)));
    return token -> decode(decoder, token);
  }

  /// Keys that could not be read say nothing about the token: its person stays signed in.
  private static Jwt decode(JwtDecoder decoder, String token) {
    try {
      return decoder.decode(token);
    } catch (JwtException e) {
      if (e.getCause() instanceof ProblemException outage) {
        throw outage;
      }
      throw e;
    }
  }

  private static OAuth2TokenValidatorResult check(Jwt token, Sessions sessions) {
    boolean ours =
        TokenIssuer.TERCET.equals(token.getClaimAsString("iss"))
            && token.getAudience() != null
            && token.getAudience().contains(TokenIssuer.TERCET)
            && token.getExpiresAt() != null;
    if (!ours) {
      return OAuth2TokenValidatorResult.failure(INVALID);
    }
    return sessions.isAlive(AuthenticatedPerson.of(token).sessionId())
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(ENDED);
  }
}
