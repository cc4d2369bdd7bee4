package io.tercet.chat.replica;

import io.lettuce.core.ScriptOutputType;
import io.tercet.chat.valkey.Valkey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// The lives in Valkey: a sorted set by the time of the last heartbeat, by the clock of Valkey. It
/// expires when all replicas are silent.
@Component
class ValkeyLifeStore implements LifeStore {

  private static final String KEY = "tercet:replicas";

  /// ARGV: the life, `begins` or `goes-on`, the life that ended or nothing, the longest silence.
  private static final String TELL =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[4])
      local answer = {'known'}
      if ARGV[2] == 'goes-on' and not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
        answer[1] = 'forgotten'
      else
        redis.call('ZADD', KEYS[1], now, ARGV[1])
      end
      if ARGV[3] ~= '' then
        redis.call('ZREM', KEYS[1], ARGV[3])
      end
      redis.call('PEXPIRE', KEYS[1], ARGV[4])
      for _, life in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
        answer[#answer + 1] = life
      end
      return answer
      """;

  private final Valkey valkey;
  private final ReplicaSettings settings;

  ValkeyLifeStore(Valkey valkey, ReplicaSettings settings) {
    this.valkey = valkey;
    this.settings = settings;
  }

  @Override
  public Answer tell(Beat beat) {
    String[] arguments = {
      beat.life(),
      beat.begins() ? "begins" : "goes-on",
      beat.ended() == null ? "" : beat.ended(),
      Long.toString(settings.silenceMax().toMillis())
    };
    try {
      List<String> answer =
          valkey
              .commands()
              .<List<String>>eval(TELL, ScriptOutputType.MULTI, new String[] {KEY}, arguments)
              .get(settings.answerMax().toMillis(), TimeUnit.MILLISECONDS);
      Set<String> alive = new HashSet<>(answer.subList(1, answer.size()));
      return new Answer(answer.getFirst().equals("forgotten"), Set.copyOf(alive));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Valkey does not answer", e);
    }
  }
}
