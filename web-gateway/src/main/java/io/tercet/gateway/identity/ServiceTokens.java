package io.tercet.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/// Issues the gateway's own tokens for calls between services: JWT, HS256, valid for 30 seconds.
///
/// Immutable, for any thread. Source: contracts/internal.md, RFC 7515 §3.1.
final class ServiceTokens {

  private static final Duration LIFETIME = Duration.ofSeconds(30);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final ServiceSecret secret;
  private final InstantSource clock;

  ServiceTokens(ServiceSecret secret, InstantSource clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /// @param audience the service that is called, such as `chat-service`
  String forService(String audience) {
    var now = clock.instant();
    var claims =
        "{\"iss\":\"web-gateway\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(audience, now.getEpochSecond(), now.plus(LIFETIME).getEpochSecond());
    var signed = HEADER + '.' + base64(claims);
    var signature = secret.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + BASE64.encodeToString(signature);
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
