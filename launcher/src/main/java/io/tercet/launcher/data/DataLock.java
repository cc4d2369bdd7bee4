package io.tercet.launcher.data;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;

/// The right to use a data folder. One launcher holds it; it ends with the launcher, however that
/// ends. Services that outlive their launcher for a while keep the next one waiting.
public final class DataLock implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ORPHANS_MAX = Duration.ofSeconds(30);

  private final DataFolder folder;
  private final FileChannel channel;

  private DataLock(DataFolder folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Makes the folder, waits for orphans of a launcher that was killed, and takes the lock.
  public static DataLock take(DataFolder folder, Console console, StopRequests stops)
      throws UserException, StopRequestedException {
    folder.make().ifPresent(console::say);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.run().resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.FILE);
      DataLock lock = new DataLock(folder, channel);
      lock.acquire(console, stops);
      lock.clearPidFiles();
      folder.launcherPidFile().write(ProcessHandle.current().pid());
      return lock;
    } catch (IOException failed) {
      throw folder.cannotWrite(failed);
    }
  }

  private void acquire(Console console, StopRequests stops)
      throws IOException, UserException, StopRequestedException {
    long deadline = System.nanoTime() + ORPHANS_MAX.toNanos();
    boolean told = false;
    boolean locked = false;
    while (true) {
      locked = locked || channel.tryLock() != null;
      if (locked && folder.runningServices().isEmpty()) {
        return;
      }
      var launcher = folder.launcherPidFile().process();
      if (launcher.isPresent()) {
        channel.close();
        throw new UserException(
            ("Tercet already runs on %s (pid %d): stop it with Ctrl-C there or bin/tercet stop,"
                    + " or start on another folder with TERCET_DATA.")
                .formatted(folder.path(), launcher.get().pid()));
      }
      if (System.nanoTime() > deadline) {
        channel.close();
        throw new UserException(
            ("services of an earlier run still use %s: see them with bin/tercet status,"
                    + " end them with bin/tercet stop.")
                .formatted(folder.path()));
      }
      if (!told) {
        console.say(
            "The last run on %s was killed and is still ending: waiting for it."
                .formatted(folder.path()));
        told = true;
      }
      stops.pause(POLL);
    }
  }

  private void clearPidFiles() throws IOException {
    for (Service service : Service.values()) {
      Files.deleteIfExists(folder.pidFile(service).file());
    }
    Files.deleteIfExists(folder.launcherPidFile().file());
  }

  /// Gives the folder back. No service may run on it.
  @Override
  public void close() {
    try {
      clearPidFiles();
      channel.close();
    } catch (IOException failed) {
      // A pid file that stays names a process that is gone, and the lock ends with this process.
    }
  }
}
