package io.tercet.files.chat;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How long a call to chat-service may take to connect and to answer.
@ConfigurationProperties("tercet.files.chat")
public record ChatSettings(Duration connectTimeout, Duration readTimeout) {
  public ChatSettings {
    if (!connectTimeout.isPositive() || !readTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "timeouts must be positive, not " + connectTimeout + " and " + readTimeout);
    }
  }
}
