package io.tercet.chat.delivery;

import java.time.Duration;
import org.springframework.stereotype.Component;

/// Starts a named virtual thread for each task. Tests replace it to run tasks step by step.
@Component
public class DeliveryThreads {

  /// Starts a task.
  public void start(String name, Runnable task) {
    Thread.ofVirtual().name(name).start(task);
  }

  /// Starts a task that runs after a while.
  public void startLater(String name, Duration delay, Runnable task) {
    Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            Thread.sleep(delay);
          } catch (InterruptedException e) {
            return;
          }
          task.run();
        });
  }
}
