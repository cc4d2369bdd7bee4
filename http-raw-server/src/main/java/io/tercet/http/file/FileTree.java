package io.tercet.http.file;

import io.tercet.http.message.OpenFile;
import java.util.function.Supplier;

/// A tree of files that can be looked up by path. Used by any number of threads at once.
public interface FileTree {

  /// What is at a path: names with `/` between them, none at the start or end, and no `.` or `..`;
  /// an empty path is the root. Never leads out of the tree, whatever links are in it.
  Entry find(String path);

  /// Does what asks this tree and its files for several things: in one wait, where each would be a
  /// wait of its own.
  default <T> T inOneWait(Supplier<T> questions) {
    return questions.get();
  }

  /// Whether all its files are of one moment, so that their dates do not tell which is older.
  default boolean isSnapshot() {
    return false;
  }

  /// What can be at a path.
  sealed interface Entry {

    /// A regular file, open; the caller closes it.
    record File(OpenFile file) implements Entry {}

    /// A folder.
    record Folder() implements Entry {}

    /// Nothing that can be read.
    record Absent() implements Entry {}

    /// Unknown: it cannot be looked at just now. Too many files are open, or a disk fails.
    record Busy() implements Entry {}
  }
}
