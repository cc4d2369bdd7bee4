package io.tercet.chat.rate;

import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import io.tercet.chat.valkey.Valkey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What Bucket4j needs of Valkey, over the connection for text that all share: each byte is the
/// character of its number.
///
/// @param <K> what names a bucket, as text
final class TextCommands<K> implements RedisApi<K> {

  private final Valkey valkey;

  TextCommands(Valkey valkey) {
    this.valkey = valkey;
  }

  @Override
  public <V> RedisFuture<V> eval(String script, ScriptOutputType type, K[] keys, byte[][] values) {
    // Bucket4j makes an array of objects for the keys.
    String[] names = Arrays.stream(keys).map(Object::toString).toArray(String[]::new);
    String[] arguments = Arrays.stream(values).map(TextCommands::text).toArray(String[]::new);
    return valkey.commands().eval(script, type, names, arguments);
  }

  @Override
  public RedisFuture<byte[]> get(K key) {
    return new PipelinedRedisFuture<>(
        valkey.commands().get(key.toString()).thenApply(TextCommands::octets));
  }

  @Override
  public RedisFuture<?> delete(K key) {
    return valkey.commands().del(key.toString());
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte @Nullable [] octets(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
