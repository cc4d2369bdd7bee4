package io.tercet.chat.delivery;

import org.springframework.stereotype.Component;

/// Starts a named virtual thread for each task. Tests replace it to run tasks step by step.
@Component
class DeliveryThreads {

  void start(String name, Runnable task) {
    Thread.ofVirtual().name(name).start(task);
  }
}
