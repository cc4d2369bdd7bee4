package io.tercet.chat.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import javax.crypto.SecretKey;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/// Verifies the tokens of the other services: contracts/internal.md.
final class ServiceTokenDecoder {

  private static final String AUDIENCE = "chat-service";
  private static final Set<String> ISSUERS =
      Set.of("web-gateway", "file-service", "http-raw-server");
  private static final Duration LIFETIME_MAX = Duration.ofSeconds(60);

  /// The largest difference between the clocks of two services.
  private static final Duration SKEW_MAX = Duration.ofSeconds(5);

  private ServiceTokenDecoder() {}

  static JwtDecoder decoder(SecretKey secret, InstantSource clock) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(secret).macAlgorithm(MacAlgorithm.HS256).build();
    JwtTimestampValidator timestamps = new JwtTimestampValidator(SKEW_MAX);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(timestamps, token -> check(token, clock.instant())));
    return decoder;
  }

  private static OAuth2TokenValidatorResult check(Jwt token, Instant now) {
    Instant expiresAt = token.getExpiresAt();
    boolean good =
        ISSUERS.contains(String.valueOf(token.getClaimAsString("iss")))
            && token.getAudience() != null
            && token.getAudience().contains(AUDIENCE)
            && expiresAt != null
            && !expiresAt.isAfter(now.plus(LIFETIME_MAX).plus(SKEW_MAX));
    return good
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
  }
}
