package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes the tokens that we show to file-service: a JWT signed with the service secret (HS256),
/// good for one minute.
///
/// Source: contracts/internal.md, RFC 7519, RFC 7515.
public final class ServiceToken {
  /// A secret of fewer bytes is weaker than the signature made with it.
  public static final int SECRET_BYTES_MIN = 32;

  private static final int LIFE_SECONDS = 60;
  private static final String ALGORITHM = "HmacSHA256";
  private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final SecretKeySpec key;
  private final InstantSource clock;

  /// @throws IllegalArgumentException when the secret is too short
  public ServiceToken(byte[] secret, InstantSource clock) {
    if (secret.length < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException("shorter than " + SECRET_BYTES_MIN + " bytes");
    }
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /// A fresh token for `audience`.
  String forService(String audience) {
    long expiry = Math.floorDiv(clock.millis(), 1000L) + LIFE_SECONDS;
    String claims =
        "{\"iss\":\"http-raw-server\",\"aud\":\"%s\",\"exp\":%d}".formatted(audience, expiry);
    String signed = HEADER + "." + encoded(claims);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every JDK has " + ALGORITHM, impossible);
    }
  }

  private static String encoded(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
