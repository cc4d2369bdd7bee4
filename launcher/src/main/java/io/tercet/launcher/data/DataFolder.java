package io.tercet.launcher.data;

import io.tercet.launcher.console.UserException;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Where everything is that people keep, and what a run leaves there: `run` and `logs`.
public record DataFolder(Path path) {

  private static final String HINT =
      ": choose another folder with TERCET_DATA, or make this one yours.";

  /// Makes what is missing of it; only its owner can read a new one.
  public void make() throws UserException {
    if (!Files.isDirectory(path)) {
      try {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (IOException failed) {
        throw new UserException("cannot make the data folder " + path + HINT, failed);
      }
    }
    try {
      Files.createDirectories(run());
      Files.createDirectories(logs());
    } catch (IOException failed) {
      throw cannotWrite(failed);
    }
  }

  UserException cannotWrite(IOException cause) {
    return new UserException("cannot write to the data folder " + path + HINT, cause);
  }

  /// Process ids, and the lock.
  Path run() {
    return path.resolve("run");
  }

  /// What the services say.
  public Path logs() {
    return path.resolve("logs");
  }

  /// What a service says.
  public RotatedLog log(Service service) {
    return new RotatedLog(logs().resolve(service.title() + ".log"));
  }

  /// The process of a service.
  public PidFile pidFile(Service service) {
    return new PidFile(run().resolve(service.title() + ".pid"), "/" + service.title() + ".jar");
  }

  /// The process of the launcher.
  public PidFile launcherPidFile() {
    return new PidFile(run().resolve("launcher.pid"), "tercet");
  }

  /// The services that run on this folder, also those of another launcher.
  public List<ProcessHandle> runningServices() {
    List<ProcessHandle> running = new ArrayList<>();
    for (Service service : Service.values()) {
      pidFile(service).process().ifPresent(running::add);
    }
    return running;
  }
}
