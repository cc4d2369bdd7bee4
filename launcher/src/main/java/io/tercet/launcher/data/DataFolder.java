package io.tercet.launcher.data;

import io.tercet.launcher.console.UserException;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where everything is that people keep, and what a run leaves there: `run` and `logs`.
public record DataFolder(Path path) {

  private static final String HINT =
      ": choose another folder with TERCET_DATA, or make this one yours.";

  /// What may be in it.
  private static final Set<String> NAMES =
      Set.of(
          "chat",
          "files",
          "pages",
          "logs",
          "run",
          "service-secret",
          "service-secret.new",
          "restore",
          "restore.new",
          "before-restore",
          // Of the file system, where the folder is a disk.
          "lost+found");

  /// Makes what is missing of it, for its owner alone.
  ///
  /// @return a sentence if it was there and others could do anything with it, or still can
  public Optional<String> make() throws UserException {
    try {
      OwnerOnly.makeFolder(path);
    } catch (IOException failed) {
      throw new UserException("cannot make the data folder " + path + HINT, failed);
    }
    try {
      boolean ours = isOurs();
      OwnerOnly.makeFolder(run());
      OwnerOnly.makeFolder(logs());
      return ours ? OwnerOnly.tighten(path, run(), logs()) : Optional.empty();
    } catch (IOException failed) {
      throw cannotWrite(failed);
    }
  }

  /// Whether nothing else is in it. A folder that others use, too, such as `/var`, must stay open
  /// to them; what the services make in it is for its owner alone all the same.
  private boolean isOurs() throws IOException {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
      for (Path each : content) {
        if (!NAMES.contains(each.getFileName().toString())) {
          return false;
        }
      }
      return true;
    }
  }

  /// An empty folder for what a service unpacks or keeps for a while. What one that was killed left
  /// there is gone; the service must not run.
  public Path temporaryFolder(Service service) throws UserException {
    Path folder = run().resolve("tmp").resolve(service.title());
    try {
      Restore.delete(folder);
      OwnerOnly.makeFolder(folder);
    } catch (IOException failed) {
      throw cannotWrite(failed);
    }
    return folder;
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
