package io.tercet.files.database;

import io.tercet.files.datafolder.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file beside the database that only uses disk space. On a full disk it is deleted, and SQLite
/// has that space for a deletion, which needs some before it frees any.
///
/// - Threading: confined to the thread that writes.
final class Ballast {
  private static final Logger log = LoggerFactory.getLogger(Ballast.class);
  private static final int BUFFER_BYTES = 65_536;

  private final Path folder;
  private final Path file;
  private final long bytes;
  private boolean whole;

  Ballast(Path folder, long bytes) {
    this.folder = folder;
    this.file = folder.resolve("ballast");
    this.bytes = bytes;
    this.whole = bytes == 0 || file.toFile().length() == bytes;
  }

  /// Makes the file if it is missing and the disk has twice its space; whether it is there.
  boolean ensure() {
    if (!whole && folder.toFile().getUsableSpace() >= 2 * bytes) {
      try {
        write();
        whole = true;
        log.info("disk has space for deletions again bytes={}", bytes);
      } catch (IOException e) {
        delete();
      }
    }
    return whole;
  }

  // Bytes that are written, not only a length: a hole in a file uses no space.
  private void write() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            OwnerOnly.FILE)) {
      for (long left = bytes; left > 0; left -= BUFFER_BYTES) {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, left));
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
      }
      channel.force(true);
    }
  }

  /// Frees the space; false if it was given up before.
  boolean giveUp() {
    if (!whole || bytes == 0) {
      return false;
    }
    log.warn("disk is full: deletions use the ballast bytes={}", bytes);
    whole = false;
    delete();
    return true;
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("cannot delete the ballast: {}", e.getMessage());
    }
  }
}
