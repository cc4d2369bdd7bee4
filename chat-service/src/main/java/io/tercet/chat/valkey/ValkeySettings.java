package io.tercet.chat.valkey;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where Valkey is, and the limits of its use.
///
/// @param url `redis://[[user]:password@]host[:port][/database]`, or `rediss://…` for TLS; of a
///     cluster, any node. Empty: this is the only replica
/// @param connectMax longest wait for a connection
/// @param answerMax longest wait for an answer
/// @param checkPeriod time between two checks that Valkey answers; whoever waits for it to come
///     back waits so much longer
/// @param missedMax checks in a row without an answer; then the connection is made anew
/// @param reconnectMax longest pause between two attempts to connect
/// @param requestsMax commands that wait for their answers; more are refused
@ConfigurationProperties("tercet.valkey")
public record ValkeySettings(
    @DefaultValue("") String url,
    @DefaultValue("1s") Duration connectMax,
    @DefaultValue("500ms") Duration answerMax,
    @DefaultValue("500ms") Duration checkPeriod,
    @DefaultValue("4") int missedMax,
    @DefaultValue("1s") Duration reconnectMax,
    @DefaultValue("5000") int requestsMax) {

  /// Whether there is a Valkey.
  public boolean isShared() {
    return !url.isEmpty();
  }

  /// A record would print its password.
  @Override
  public String toString() {
    return "ValkeySettings[shared=" + isShared() + "]";
  }
}
