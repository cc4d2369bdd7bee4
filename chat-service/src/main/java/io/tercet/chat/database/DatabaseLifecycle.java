package io.tercet.chat.database;

import org.springframework.context.SmartLifecycle;

/// Opens the database before everything else starts, and closes it after everything else stopped.
final class DatabaseLifecycle implements SmartLifecycle {

  private final OpenableDatabase database;
  private volatile boolean running;

  DatabaseLifecycle(OpenableDatabase database) {
    this.database = database;
  }

  @Override
  public void start() {
    database.open();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    database.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
