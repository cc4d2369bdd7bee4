package io.tercet.chat.valkey;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A client of one server or of a cluster, with the connection that all commands share.
///
/// @param mode `standalone` or `cluster`
/// @param subscribers makes a connection that subscribes; it waits
record ValkeyLink(
    String mode,
    AbstractRedisClient client,
    StatefulConnection<String, String> connection,
    RedisClusterAsyncCommands<String, String> commands,
    Supplier<StatefulRedisPubSubConnection<String, String>> subscribers) {

  /// How long a map of the cluster's nodes is believed if nothing goes wrong.
  private static final Duration TOPOLOGY_PERIOD = Duration.ofSeconds(30);

  /// Connects, and asks the server whether it belongs to a cluster. It waits, at most for a few
  /// times [ValkeySettings#connectMax].
  static ValkeyLink open(ClientResources resources, RedisURI uri, ValkeySettings settings) {
    RedisClient client = RedisClient.create(resources, uri);
    client.setOptions(options(ClientOptions.builder(), settings));
    try {
      StatefulRedisConnection<String, String> connection = client.connect();
      if (!connection.sync().info("cluster").contains("cluster_enabled:1")) {
        return new ValkeyLink(
            "standalone", client, connection, connection.async(), client::connectPubSub);
      }
    } catch (RuntimeException e) {
      shut(client);
      throw e;
    }
    shut(client);
    return cluster(resources, uri, settings);
  }

  void close() {
    shut(client);
  }

  private static ValkeyLink cluster(
      ClientResources resources, RedisURI uri, ValkeySettings settings) {
    RedisClusterClient client = RedisClusterClient.create(resources, uri);
    ClusterClientOptions.Builder builder =
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(TOPOLOGY_PERIOD)
                    .enableAllAdaptiveRefreshTriggers()
                    .build());
    client.setOptions((ClusterClientOptions) options(builder, settings));
    try {
      StatefulRedisClusterConnection<String, String> connection = client.connect();
      return new ValkeyLink(
          "cluster", client, connection, connection.async(), client::connectPubSub);
    } catch (RuntimeException e) {
      shut(client);
      throw e;
    }
  }

  private static ClientOptions options(ClientOptions.Builder builder, ValkeySettings settings) {
    return builder
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(settings.requestsMax())
        .timeoutOptions(TimeoutOptions.enabled(settings.answerMax()))
        .socketOptions(
            SocketOptions.builder().connectTimeout(settings.connectMax()).keepAlive(true).build())
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .build();
  }

  /// Closes all connections of a client; its threads belong to the resources.
  private static void shut(AbstractRedisClient client) {
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
