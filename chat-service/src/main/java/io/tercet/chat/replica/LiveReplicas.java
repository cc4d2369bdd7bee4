package io.tercet.chat.replica;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.valkey.Valkey;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Tells the other replicas that this one runs, and knows which others do.
///
/// What a replica writes for others it writes under its life: an id of the replica and a number.
/// When Valkey forgot the life, or when a write may have been lost, the replica begins another one
/// and writes everything again. So what an old life left behind counts for nobody, whatever it is.
/// The life before counts for one heartbeat more: meanwhile the new one is written.
///
/// - Cost: one command each period for each replica.
/// - Bounds: [ReplicaSettings]. A replica that was killed no longer counts after its silence and
///   one period. While Valkey is away, no other replica counts after its silence.
/// - Errors: none; without an answer the state stays and then expires.
/// - Threading: any thread. A task of Spring's scheduler tells the heartbeats, one at a time.
@Component
@EnableConfigurationProperties(ReplicaSettings.class)
public class LiveReplicas {

  private static final String PERIOD = "${tercet.replica.heartbeat-period:2s}";
  private static final int ID_BITS = 64;

  private final Valkey valkey;
  private final LifeStore lives;
  private final ReplicaSettings settings;
  private final Clock clock;
  private final String id;
  private final AtomicBoolean beating = new AtomicBoolean();
  private final AtomicBoolean mustRenew = new AtomicBoolean(true);
  private volatile Heard heard;
  private volatile int count = 1;

  /// Only the thread that tells a heartbeat uses these.
  private @Nullable String before;

  private int number;
  private long renewedNanos;

  /// What this replica knows of all.
  ///
  /// @param life the life of this one
  /// @param alive the lives that count; none while Valkey is away
  /// @param beats how many heartbeats had an answer
  public record View(String life, Set<String> alive, long beats) {

    /// Whether others can read what this life writes.
    public boolean isHeard() {
      return alive.contains(life);
    }
  }

  private record Heard(View view, long nanos) {}

  LiveReplicas(
      Valkey valkey, LifeStore lives, ReplicaSettings settings, Clock clock, SecureRandom random) {
    this.valkey = valkey;
    this.lives = lives;
    this.settings = settings;
    this.clock = clock;
    this.id = new BigInteger(ID_BITS, random).toString(Character.MAX_RADIX);
    this.heard = new Heard(new View(life(0), Set.of(), 0), clock.monotonicTime());
    this.renewedNanos = clock.monotonicTime() - settings.silenceMax().toNanos();
  }

  /// What this replica knows now.
  public View view() {
    Heard last = heard;
    if (clock.monotonicTime() - last.nanos() > settings.silenceMax().toNanos()) {
      return new View(last.view().life(), Set.of(), last.view().beats());
    }
    return last.view();
  }

  /// How many replicas there were when Valkey last answered, this one included.
  public int count() {
    return count;
  }

  /// Whether a life is one of this replica.
  public boolean isOwn(String life) {
    return life.startsWith(id + '.');
  }

  /// Begins another life at the next heartbeat that Valkey answers, at most once in
  /// [ReplicaSettings#silenceMax].
  public void renew() {
    mustRenew.set(true);
  }

  /// One heartbeat.
  @Scheduled(fixedRateString = PERIOD)
  void beat() {
    if (!valkey.isShared() || !beating.compareAndSet(false, true)) {
      return;
    }
    try {
      tell();
    } catch (RuntimeException away) {
      // What was heard before expires.
    } finally {
      beating.set(false);
    }
  }

  private void tell() {
    View last = heard.view();
    long nowNanos = clock.monotonicTime();
    boolean renews = mustRenew.get() && nowNanos - renewedNanos >= settings.silenceMax().toNanos();
    String life = renews ? life(number + 1) : last.life();
    // A renewal that somebody asks for from now on is another one.
    if (renews) {
      mustRenew.set(false);
    }
    LifeStore.Answer answer;
    try {
      answer = lives.tell(new LifeStore.Beat(life, renews, renews ? null : before));
    } catch (RuntimeException unanswered) {
      if (renews) {
        mustRenew.set(true);
      }
      throw unanswered;
    }
    if (renews) {
      before = number == 0 ? null : last.life();
      number++;
      renewedNanos = nowNanos;
    } else {
      before = null;
    }
    if (answer.forgotten()) {
      // Others forgot this life: the next one begins at once.
      mustRenew.set(true);
      renewedNanos = nowNanos - settings.silenceMax().toNanos();
    }
    heard = new Heard(new View(life, answer.alive(), last.beats() + 1), nowNanos);
    count = Math.max(1, replicasOf(answer.alive()));
    if (answer.forgotten()) {
      tell();
    }
  }

  private static int replicasOf(Set<String> lives) {
    return lives.stream()
        .map(life -> life.substring(0, Math.max(0, life.indexOf('.'))))
        .collect(Collectors.toSet())
        .size();
  }

  private String life(int number) {
    return id + '.' + number;
  }
}
