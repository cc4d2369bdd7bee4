package io.tercet.chat.replica;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.valkey.Valkey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Replicas that share lives in memory and a clock; a test beats for them.
public final class TestReplicas {

  public static final Duration SILENCE = Duration.ofSeconds(8);

  public final MockClock clock = new MockClock();
  private final MemoryLives lives = new MemoryLives(clock, SILENCE);
  private final List<LiveReplicas> all = new ArrayList<>();

  public LiveReplicas add() {
    LiveReplicas one = of(new ReplicaSettings(SILENCE, Duration.ofSeconds(1)));
    all.add(one);
    return one;
  }

  private LiveReplicas of(ReplicaSettings settings) {
    return new LiveReplicas(shared(), lives, settings, clock, new SecureRandom());
  }

  /// A Valkey that is shared and that nobody asks.
  public static Valkey shared() {
    Valkey valkey = mock(Valkey.class, withSettings().stubOnly());
    when(valkey.isShared()).thenReturn(true);
    return valkey;
  }

  /// Lets two seconds pass, and beats for some.
  public void beat(LiveReplicas... some) {
    lives.pass(Duration.ofSeconds(2));
    for (LiveReplicas one : some) {
      one.beat();
    }
  }

  /// Replicas over a real Valkey.
  public static LiveReplicas over(Valkey valkey, Duration silenceMax) {
    ReplicaSettings settings = new ReplicaSettings(silenceMax, silenceMax.dividedBy(2));
    return new LiveReplicas(
        valkey,
        new ValkeyLifeStore(valkey, settings),
        settings,
        io.micrometer.core.instrument.Clock.SYSTEM,
        new SecureRandom());
  }

  /// One heartbeat.
  public static void beatOf(LiveReplicas replica) {
    replica.beat();
  }

  public void away(boolean away) {
    lives.away = away;
  }

  public void loseEverything() {
    lives.loseEverything();
  }
}
