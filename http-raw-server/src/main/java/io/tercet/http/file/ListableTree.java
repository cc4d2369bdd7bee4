package io.tercet.http.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A tree whose folders can be listed.
public interface ListableTree {

  /// What is in a folder and can be served, in no order. Empty if the folder cannot be read now, or
  /// is no folder any more.
  ///
  /// Left out are names that begin with a dot, and what [FileTree#find] would not return.
  ///
  /// @param path as in [FileTree#find]
  /// @param entriesMax how many entries are read, those that are left out included
  Optional<Folder> list(String path, int entriesMax);

  /// The items that were read.
  ///
  /// @param more whether the folder has entries that were not read
  record Folder(List<Item> items, boolean more) {
    /// Copies the list.
    public Folder {
      items = List.copyOf(items);
    }
  }

  /// A file or a folder.
  ///
  /// @param length in bytes; 0 for a folder
  record Item(String name, boolean isFolder, long length, Instant modifiedAt) {}
}
