package io.tercet.files.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A walk over all contents on disk, some at a time. What comes or goes meanwhile may be missed.
///
/// - Ownership: the code that opened it closes it.
/// - Threading: confined.
public final class BlobWalk implements AutoCloseable {
  private final Path blobs;
  private @Nullable Deque<Path> folders;
  private @Nullable DirectoryStream<Path> folder;
  private Iterator<Path> files = Collections.emptyIterator();

  BlobWalk(Path blobs) {
    this.blobs = blobs;
  }

  /// Looks at the next contents, `count` at most, and returns the SHA-256 of those that were
  /// written before a moment. Null at the end of the walk.
  public @Nullable List<String> next(int count, Instant before) throws IOException {
    List<String> old = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      while (!files.hasNext()) {
        if (!openNextFolder()) {
          return i == 0 ? null : old;
        }
      }
      Path file = files.next();
      if (isOlder(file, before)) {
        old.add(String.valueOf(file.getFileName()));
      }
    }
    return old;
  }

  @SuppressWarnings("StreamResourceLeak") // close() closes it
  private boolean openNextFolder() throws IOException {
    close();
    if (folders == null) {
      folders = new ArrayDeque<>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(blobs)) {
        all.forEach(folders::add);
      }
    }
    Path next = folders.poll();
    if (next == null) {
      return false;
    }
    folder = Files.newDirectoryStream(next);
    files = folder.iterator();
    return true;
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException _) {
      return false; // removed a moment ago
    }
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      folder.close();
      folder = null;
      files = Collections.emptyIterator();
    }
  }
}
