package io.tercet.launcher.report;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import java.time.Duration;
import java.util.List;

/// Stops what runs on a data folder: asks its launcher, or ends what a launcher that was killed
/// left.
public record StopOthers(DataFolder data, StopRequests stops, Console console) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  /// Returns when nothing runs any more.
  public void run() throws UserException, StopRequestedException {
    List<ProcessHandle> running =
        data.launcherPidFile().process().map(List::of).orElseGet(data::runningServices);
    if (running.isEmpty()) {
      console.say("Nothing runs on " + data.path() + ".");
      return;
    }
    running.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (ProcessHandle process : running) {
      while (process.isAlive()) {
        if (System.nanoTime() > deadline) {
          throw new UserException(
              "pid %d still runs after %d s: look at %s, or end it with kill -9 %d."
                  .formatted(
                      process.pid(),
                      PATIENCE.toSeconds(),
                      data.path().resolve("logs"),
                      process.pid()));
        }
        stops.pause(POLL);
      }
    }
  }
}
