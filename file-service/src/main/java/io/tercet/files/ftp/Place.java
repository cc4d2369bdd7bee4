package io.tercet.files.ftp;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;

/// What a path of an FTP client means.
sealed interface Place {
  /// `/`: holds `home` and `rooms`.
  record Root() implements Place {}

  /// `/rooms`: holds a folder for each room that one is a member of.
  record Rooms() implements Place {}

  /// A space, or a place in it.
  record Inside(Space space, FilePath path) implements Place {}

  /// A name that stands for nothing and under which nothing can be made.
  record Nowhere() implements Place {}
}
