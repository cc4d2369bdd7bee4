package io.tercet.files.datafolder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `$TERCET_DATA/files`. It is made if it is missing, and locked as long as this process runs. Only
/// this user of the system can read it, see [OwnerOnly].
///
/// - Threading: immutable once open.
/// - Errors: [StartupException] if it cannot be written or another process uses it.
public final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Opens `files` below the folder of all services.
  public static DataFolder open(Path data) {
    Path path = data.toAbsolutePath().normalize().resolve("files");
    try {
      make(path);
      // What others have in a folder of this name is not ours to close.
      boolean ours = Files.exists(path.resolve("lock"));
      FileChannel lockFile =
          FileChannel.open(
              path.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.FILE);
      if (lock(lockFile) == null) {
        lockFile.close();
        throw new StartupException(
            path + " is in use by another file-service: stop that one, or set another TERCET_DATA");
      }
      if (ours) {
        OwnerOnly.tighten(path);
      }
      return new DataFolder(path, lockFile);
    } catch (IOException e) {
      throw new StartupException(
          path + " cannot be written: make it writable for this user, or set another TERCET_DATA");
    }
  }

  /// A folder that is there may be a link.
  private static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, OwnerOnly.FOLDER);
    }
  }

  // Closing the channel releases the lock.
  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  /// The folder itself.
  public Path path() {
    return path;
  }

  /// A folder below, made if it is missing.
  public Path folder(String name) {
    try {
      make(path.resolve(name));
      return path.resolve(name);
    } catch (IOException e) {
      throw new StartupException(path.resolve(name) + " cannot be written: make it writable");
    }
  }

  /// A file below.
  public Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
