package io.tercet.chat.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/// A clock that a test sets, and the tasks that wait for a thread or for a time. The seed says
/// which of the waiting tasks runs next.
final class SimulatedTime implements InstantSource {

  private final RandomGenerator random;
  private final List<Task> ready = new ArrayList<>();
  private final PriorityQueue<Task> later =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
  private Instant now = Instant.EPOCH;
  private long tasks;

  /// A task of a replica, which ends with it.
  private record Task(Instant due, long number, SimulatedReplica owner, Runnable run) {}

  SimulatedTime(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void start(SimulatedReplica owner, Runnable run) {
    ready.add(new Task(now, ++tasks, owner, run));
  }

  void startLater(SimulatedReplica owner, Duration delay, Runnable run) {
    later.add(new Task(now.plus(delay), ++tasks, owner, run));
  }

  /// The threads of one replica.
  DeliveryThreads threads(SimulatedReplica owner) {
    return new DeliveryThreads() {

      @Override
      public void start(String name, Runnable task) {
        SimulatedTime.this.start(owner, task);
      }

      @Override
      public void startLater(String name, Duration delay, Runnable task) {
        SimulatedTime.this.startLater(owner, delay, task);
      }
    };
  }

  /// Runs one of the tasks that are ready; false if none is.
  boolean runOne() {
    ready.removeIf(task -> task.owner().isDead());
    if (ready.isEmpty()) {
      return false;
    }
    ready.remove(random.nextInt(ready.size())).run().run();
    return true;
  }

  /// Lets time pass: what is due then is ready.
  void pass(Duration time) {
    now = now.plus(time);
    while (!later.isEmpty() && !later.peek().due().isAfter(now)) {
      ready.add(later.remove());
    }
  }
}
