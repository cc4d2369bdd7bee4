package io.tercet.files.security;

import io.tercet.files.identity.ServiceSecret;
import io.tercet.files.upstream.AddressFailover;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/// Verifies tokens: signature, issuer, audience and lifetime.
///
/// Source: contracts/http.md (people), contracts/internal.md (services).
final class TokenVerifier {
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
  private static final Duration SERVICE_LIFE_MAX = Duration.ofSeconds(60);

  private TokenVerifier() {}

  /// Verifies tokens that chat-service signs for people. It fetches the public keys when the first
  /// token comes, so that this service can start before chat-service.
  static JwtDecoder forPeople(String keysUrl) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
    requests.setReadTimeout(Duration.ofSeconds(5));
    RestTemplate http = new RestTemplate(requests);
    http.getInterceptors().add(new AddressFailover());
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(keysUrl)
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .restOperations(http)
            .build();
    decoder.setJwtValidator(rules(Set.of("tercet"), "tercet", null));
    return decoder;
  }

  /// Verifies tokens that other services sign with the shared secret.
  static JwtDecoder forServices(ServiceSecret secret, String callee, Set<String> callers) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withSecretKey(secret.key()).macAlgorithm(MacAlgorithm.HS256).build();
    decoder.setJwtValidator(rules(callers, callee, SERVICE_LIFE_MAX));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> rules(
      Set<String> issuers, String audience, @Nullable Duration lifeMax) {
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            new JwtTimestampValidator(CLOCK_SKEW),
            rule(token -> token.getExpiresAt() != null, "it has no end"),
            rule(token -> issuers.contains(token.getClaimAsString("iss")), "wrong issuer"),
            rule(
                token -> token.getAudience() != null && token.getAudience().contains(audience),
                "wrong audience"),
            rule(token -> lifeMax == null || endsWithin(token, lifeMax), "it lives too long")));
  }

  private static boolean endsWithin(Jwt token, Duration lifeMax) {
    Instant end = token.getExpiresAt();
    return end != null && end.isBefore(Instant.now().plus(lifeMax).plus(CLOCK_SKEW));
  }

  private static OAuth2TokenValidator<Jwt> rule(Predicate<Jwt> good, String otherwise) {
    return token ->
        good.test(token)
            ? OAuth2TokenValidatorResult.success()
            : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", otherwise, null));
  }
}
