package io.tercet.system.stack;

/// Power over the processes of the stack under test.
public interface Processes {

  /// Kills the service with SIGKILL and returns once it is dead. What runs the stack starts it
  /// again.
  void kill(Service service);

  /// Waits until the service answers through the front door.
  void awaitAnswering(Service service);
}
