package io.tercet.gateway.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How sessions become tokens. Each key is explained in `application.yml`.
///
/// @param chatUrl where chat-service is
/// @param serviceSecretFile file with the secret by which services identify themselves
/// @param tokenReuse how long a session's token may be used again without asking chat-service
/// @param unheardReuse … while chat-service cannot tell which sessions ended
/// @param retryMax longest pause before the gateway opens the stream of ended sessions again
/// @param sessionsMax how many sessions the cache holds
/// @param connectTimeout how long to wait for a connection to chat-service
/// @param answerTimeout how long to wait for its answer
@ConfigurationProperties("tercet.identity")
record IdentitySettings(
    URI chatUrl,
    Path serviceSecretFile,
    Duration tokenReuse,
    Duration unheardReuse,
    Duration retryMax,
    int sessionsMax,
    Duration connectTimeout,
    Duration answerTimeout) {

  private static final Duration TOKEN_REUSE_MAX = Duration.ofSeconds(10);
  private static final Duration UNHEARD_REUSE_MAX = Duration.ofSeconds(1);

  IdentitySettings {
    // A person who was removed must lose access within seconds, whatever the operator sets.
    if (tokenReuse.isNegative() || tokenReuse.compareTo(TOKEN_REUSE_MAX) > 0) {
      throw new IllegalArgumentException("token-reuse must be 0 to 10 s, not " + tokenReuse);
    }
    if (unheardReuse.isNegative() || unheardReuse.compareTo(UNHEARD_REUSE_MAX) > 0) {
      throw new IllegalArgumentException("unheard-reuse must be 0 to 1 s, not " + unheardReuse);
    }
    if (sessionsMax < 1) {
      throw new IllegalArgumentException("sessions-max must be at least 1, not " + sessionsMax);
    }
  }
}
