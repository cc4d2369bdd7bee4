package io.tercet.chat.people;

import io.lettuce.core.ScriptOutputType;
import io.tercet.chat.rate.ClientNetwork;
import io.tercet.chat.valkey.Valkey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// The failed sign-ins that all replicas count together, in Valkey: a key for each pair of name and
/// network, which is hashed and expires.
///
/// Errors: none; without an answer within [PeopleSettings#attemptsAnswerMax] there is no count.
/// Threading: any thread that may wait that long.
@Component
class SharedFailures {

  /// By the clock of Valkey. ARGV: failures before the first wait, the first and the longest wait,
  /// and how long failures count. Answers whether the attempt may begin, how many there were, and
  /// how long the next one must wait.
  private static final String BEGIN =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local known = redis.call('HMGET', KEYS[1], 'count', 'next')
      local count = tonumber(known[1] or 0)
      local left = tonumber(known[2] or 0) - now
      if left > 0 then
        return {0, count, left}
      end
      count = count + 1
      local wait = 0
      if count >= tonumber(ARGV[1]) then
        wait = math.min(tonumber(ARGV[2]) * 2 ^ (count - tonumber(ARGV[1])), tonumber(ARGV[3]))
      end
      redis.call('HSET', KEYS[1], 'count', count, 'next', wait == 0 and 0 or now + wait)
      redis.call('PEXPIRE', KEYS[1], ARGV[4])
      return {1, count, wait}
      """;

  private final Valkey valkey;
  private final PeopleSettings settings;

  /// What became of an attempt.
  ///
  /// @param begins whether it may begin
  /// @param count failures with this one
  /// @param pause how long the next attempt must wait, or this one if it may not begin
  record Verdict(boolean begins, int count, Duration pause) {}

  SharedFailures(Valkey valkey, PeopleSettings settings) {
    this.valkey = valkey;
    this.settings = settings;
  }

  /// Counts an attempt; empty if replicas share nothing, or Valkey is away.
  Optional<Verdict> begin(String nameKey, ClientNetwork network) {
    if (!valkey.isShared()) {
      return Optional.empty();
    }
    String[] arguments = {
      Integer.toString(settings.attemptsMax()),
      Long.toString(settings.attemptsWaitFirst().toMillis()),
      Long.toString(settings.attemptsWaitMax().toMillis()),
      Long.toString(settings.attemptsForgottenAfter().toMillis())
    };
    try {
      List<Long> answer =
          valkey
              .commands()
              .<List<Long>>eval(
                  BEGIN, ScriptOutputType.MULTI, new String[] {key(nameKey, network)}, arguments)
              .get(settings.attemptsAnswerMax().toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(
          new Verdict(
              answer.get(0) == 1,
              Math.toIntExact(answer.get(1)),
              Duration.ofMillis(answer.get(2))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | RuntimeException away) {
      return Optional.empty();
    }
  }

  /// Forgets the failed attempts, soon.
  void succeeded(String nameKey, ClientNetwork network) {
    if (valkey.isShared()) {
      try {
        var _ = valkey.commands().del(key(nameKey, network));
      } catch (RuntimeException away) {
        // They expire.
      }
    }
  }

  private static String key(String nameKey, ClientNetwork network) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((nameKey + '\0' + network.text()).getBytes(StandardCharsets.UTF_8));
      return "tercet:sign-in:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
