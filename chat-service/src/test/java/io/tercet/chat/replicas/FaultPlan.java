package io.tercet.chat.replicas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// What goes wrong in one round, and when: [#FAULTS] faults of different targets, which may
/// overlap.
record FaultPlan(List<Step> steps) {

  static final int FAULTS = 3;
  private static final int START_MILLIS = 1_000;
  private static final int START_MILLIS_MAX = 7_000;

  /// A fault of the network, or of the replica with this number, that starts after a while.
  record Step(Fault fault, int replica, Duration start, Duration length) {

    @Override
    public String toString() {
      return "%s%s at %.1f s for %.1f s"
          .formatted(
              fault,
              fault.name().endsWith("REPLICA") ? " " + replica : "",
              start.toMillis() / 1e3,
              length.toMillis() / 1e3);
    }
  }

  static FaultPlan of(long seed, int replicas) {
    RandomGenerator random = Seeds.generator(seed);
    List<Integer> targets = new ArrayList<>();
    for (int target = -2; target < replicas; target++) {
      targets.add(target);
    }
    Collections.shuffle(targets, Random.from(random));
    List<Step> steps = new ArrayList<>();
    for (int target : targets.subList(0, FAULTS)) {
      Fault fault =
          switch (target) {
            case -2 -> Fault.ofPostgres(random);
            case -1 -> Fault.ofValkey(random);
            default -> Fault.ofReplica(random);
          };
      Duration start = Duration.ofMillis(random.nextInt(START_MILLIS, START_MILLIS_MAX));
      steps.add(new Step(fault, Math.max(0, target), start, fault.length(random)));
    }
    return new FaultPlan(List.copyOf(steps));
  }

  /// Lets it all happen, and returns when everything works again.
  void carryOut(ReplicaNetwork network, List<Replica> replicas) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Step step : steps) {
        Replica replica = replicas.get(step.replica());
        running.add(threads.submit(() -> carryOut(step, network, replica)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  private static Void carryOut(Step step, ReplicaNetwork network, Replica replica)
      throws Exception {
    TimeUnit.MILLISECONDS.sleep(step.start().toMillis());
    try {
      step.fault().begin(network, replica);
      TimeUnit.MILLISECONDS.sleep(step.length().toMillis());
    } finally {
      step.fault().end(network, replica);
    }
    return null;
  }
}
