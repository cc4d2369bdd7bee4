package io.tercet.chat.delivery;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Takes hints to the other replicas: late, in any order, sometimes twice or never.
final class SimulatedHints {

  private static final double DOUBLED = 0.1;
  private static final int LATE_MILLIS_MAX = 300;

  private final RandomGenerator random;
  private final SimulatedTime time;
  private final List<SimulatedReplica> replicas;

  /// The part that is lost; 1 is a Valkey that is away.
  double lost;

  SimulatedHints(RandomGenerator random, SimulatedTime time, List<SimulatedReplica> replicas) {
    this.random = random;
    this.time = time;
    this.replicas = replicas;
  }

  HintBroker of(SimulatedReplica sender) {
    return hint -> {
      if (!sender.isDead()) {
        sender.hear(hint);
        replicas.stream().filter(each -> each != sender).forEach(each -> send(each, hint));
      }
    };
  }

  private void send(SimulatedReplica receiver, Hint hint) {
    int times = random.nextDouble() < lost ? 0 : random.nextDouble() < DOUBLED ? 2 : 1;
    for (int i = 0; i < times; i++) {
      Duration late = Duration.ofMillis(random.nextInt(LATE_MILLIS_MAX));
      time.startLater(receiver, late, () -> receiver.hear(hint));
    }
  }
}
