package io.tercet.chat.presence;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.replica.LiveReplicas;
import io.tercet.chat.replica.TestReplicas;
import io.tercet.chat.valkey.Valkey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Replicas of a service that share presence in memory; a test lets their rounds run.
public final class TestPresence {

  static final PresenceSettings SETTINGS =
      new PresenceSettings(
          5, 8, Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofSeconds(2));

  public final TestReplicas lives = new TestReplicas();
  final MemoryPresenceStore store = new MemoryPresenceStore();
  private final List<One> all = new ArrayList<>();

  /// Hints that are lost, if a test says so.
  boolean deaf;

  /// One replica.
  public final class One {

    final LiveReplicas replicas = lives.add();
    public final SharedPresence presence =
        new SharedPresence(
            TestReplicas.shared(),
            store,
            replicas,
            TestPresence.this::publish,
            SETTINGS,
            lives.clock);
  }

  public One add() {
    One one = new One();
    all.add(one);
    return one;
  }

  /// The presence of a service that has one replica.
  public static SharedPresence alone() {
    return new SharedPresence(
        mock(Valkey.class, withSettings().stubOnly()),
        new MemoryPresenceStore(),
        new TestReplicas().add(),
        hint -> {},
        SETTINGS,
        new MockClock());
  }

  private void publish(Hint hint) {
    if (!deaf) {
      all.forEach(one -> one.presence.heard(hint));
    }
  }

  /// Two seconds of these replicas: a heartbeat, and then two rounds of each, so that what one
  /// writes another reads.
  public void pass(One... some) {
    LiveReplicas[] beating = new LiveReplicas[some.length];
    for (int i = 0; i < some.length; i++) {
      beating[i] = some[i].replicas;
    }
    lives.beat(beating);
    exchange(some);
    exchange(some);
  }

  /// A round of each.
  public void exchange(One... some) {
    for (One one : some) {
      one.presence.exchange();
    }
  }
}
