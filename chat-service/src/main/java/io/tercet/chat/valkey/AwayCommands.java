package io.tercet.chat.valkey;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/// Commands that all fail at once, because Valkey is away.
final class AwayCommands {

  private AwayCommands() {}

  @SuppressWarnings("unchecked")
  static RedisClusterAsyncCommands<String, String> create() {
    return (RedisClusterAsyncCommands<String, String>)
        Proxy.newProxyInstance(
            AwayCommands.class.getClassLoader(),
            new Class<?>[] {RedisClusterAsyncCommands.class},
            (proxy, method, arguments) -> answer(method));
  }

  /// The future goes to the caller.
  @SuppressWarnings("FutureReturnValueIgnored")
  private static Object answer(Method method) {
    RedisConnectionException away = new RedisConnectionException("Valkey is away");
    if (method.getReturnType() == RedisFuture.class) {
      return new PipelinedRedisFuture<>(CompletableFuture.failedFuture(away));
    }
    throw away;
  }
}
