package io.tercet.chat.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file of a database, with the right to use it: `<file>.lock` is locked as long as this is
/// open, and at most as long as the process lives. SQLite lets two processes write one file, but
/// each would number the entries of a log by itself.
///
/// - Threading: the thread that starts the service.
/// - Errors: [StartupException] if it cannot be written or another process uses it.
final class SqliteFile implements AutoCloseable {

  private final FileChannel lock;

  private SqliteFile(FileChannel lock) {
    this.lock = lock;
  }

  /// Makes the folder around it, for this user alone.
  static void makeFolder(Path file) {
    Path folder = file.resolveSibling(".").normalize();
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, OwnerOnly.FOLDER);
      }
    } catch (IOException e) {
      throw cannotWrite(folder);
    }
  }

  /// Makes what is missing, for this user alone.
  static SqliteFile open(Path file) {
    makeFolder(file);
    try {
      FileChannel lock =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + ".lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.FILE);
      if (tryLock(lock) == null) {
        lock.close();
        throw new StartupException(
            file + " is in use by another chat-service: stop that one, or set another TERCET_DATA");
      }
      // What SQLite makes beside it has the permissions of the file.
      if (!Files.exists(file)) {
        Files.createFile(file, OwnerOnly.FILE);
      }
      if (!Files.isWritable(file)) {
        lock.close();
        throw cannotWrite(file);
      }
      return new SqliteFile(lock);
    } catch (IOException e) {
      throw cannotWrite(file.resolveSibling(".").normalize());
    }
  }

  private static StartupException cannotWrite(Path path) {
    return new StartupException(
        path + " cannot be written: make it writable for this user, or set another TERCET_DATA");
  }

  // Closing the channel releases the lock.
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
