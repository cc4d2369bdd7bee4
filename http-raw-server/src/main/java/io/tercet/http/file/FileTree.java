package io.tercet.http.file;

import io.tercet.http.message.OpenFile;
import java.util.function.Supplier;

/// A tree of files that can be looked up by path.
///
/// Threading: used by any number of threads at once.
public interface FileTree {

  /// What is at a path: names with `/` between them, no `/` at the start or end, and no `.` or
  /// `..`. An empty path is the root. A lookup never leads out of the tree, whatever links are in
  /// it.
  Entry find(String path);

  /// Asks this tree and its files several questions, in one wait for the disk instead of several.
  default <T> T inOneWait(Supplier<T> questions) {
    return questions.get();
  }

  /// Whether all files are of one moment, so that their dates do not tell which one is older.
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

    /// Unknown: the lookup failed, because too many files are open or a disk has an error.
    record Busy() implements Entry {}
  }
}
