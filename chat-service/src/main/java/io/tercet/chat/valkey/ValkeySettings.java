package io.tercet.chat.valkey;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where Valkey is.
///
/// @param url `redis://[user:password@]host[:port]`, or `rediss://…` for TLS; any node of a cluster.
///     Empty: this is the only replica
/// @param answerMax longest wait for an answer
@ConfigurationProperties("tercet.valkey")
public record ValkeySettings(
    @DefaultValue("") String url, @DefaultValue("500ms") Duration answerMax) {

  /// Whether there is a Valkey.
  public boolean isShared() {
    return !url.isEmpty();
  }
}
