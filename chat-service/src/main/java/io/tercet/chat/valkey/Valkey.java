package io.tercet.chat.valkey;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// The connections to Valkey, if there is one.
///
/// Errors: while Valkey is away, a command fails at once; no later than
/// [ValkeySettings#answerMax] otherwise. Threading: any thread.
@Component
@EnableConfigurationProperties(ValkeySettings.class)
public class Valkey implements DisposableBean {

  private final ValkeySettings settings;
  private @Nullable RedisClient client;
  private @Nullable StatefulRedisConnection<String, String> connection;

  Valkey(ValkeySettings settings) {
    this.settings = settings;
  }

  /// Whether replicas share a Valkey. Without, nothing else here may be called.
  public boolean isShared() {
    return settings.isShared();
  }

  /// Commands; each answers by a future.
  public synchronized RedisClusterAsyncCommands<String, String> commands() {
    if (connection == null) {
      connection = client().connect();
    }
    return connection.async();
  }

  /// A connection that subscribes. Its owner closes it.
  public synchronized StatefulRedisPubSubConnection<String, String> subscriber() {
    return client().connectPubSub();
  }

  @Override
  public synchronized void destroy() {
    if (client != null) {
      client.shutdown();
    }
  }

  private RedisClient client() {
    if (client == null) {
      client = RedisClient.create(RedisURI.create(settings.url()));
      client.setOptions(
          ClientOptions.builder()
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .timeoutOptions(TimeoutOptions.enabled(settings.answerMax()))
              .build());
    }
    return client;
  }
}
