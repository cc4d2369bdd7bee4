package io.tercet.launcher.build;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/// Builds what changed, one build at a time in Tercet's folder.
///
/// @param home Tercet's folder
/// @param steps in the order in which they run
public record Build(Path home, List<Step> steps, StopRequests stops, Console console) {

  private static final Duration POLL = Duration.ofMillis(100);

  /// Makes some outputs from their sources, if those changed.
  @FunctionalInterface
  public interface Step {

    /// Returns when the outputs are up to date.
    void run() throws IOException, UserException, StopRequestedException;
  }

  /// Copies the steps.
  public Build {
    steps = List.copyOf(steps);
  }

  /// Returns when everything is up to date.
  public void run() throws UserException, StopRequestedException {
    Path file = home.resolve("build/lock");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel lock =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        await(lock);
        for (Step step : steps) {
          step.run();
        }
      }
    } catch (IOException failed) {
      throw new UserException("cannot build in " + home + ": " + failed, failed);
    }
  }

  private void await(FileChannel lock) throws IOException, StopRequestedException {
    boolean told = false;
    while (lock.tryLock() == null) {
      if (!told) {
        console.say("Another build runs in this folder: waiting for it.");
        told = true;
      }
      stops.pause(POLL);
    }
  }
}
