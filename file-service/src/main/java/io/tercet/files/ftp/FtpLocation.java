package io.tercet.files.ftp;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;

/// What a path of an FTP client means.
sealed interface FtpLocation {
  /// `/`: holds `home` and `rooms`.
  record Root() implements FtpLocation {}

  /// `/rooms`: holds a folder for each room that one is a member of.
  record Rooms() implements FtpLocation {}

  /// A space, or a place in it.
  record InSpace(Space space, FilePath path) implements FtpLocation {}

  /// A name that stands for nothing and under which nothing can be made.
  record Unknown() implements FtpLocation {}
}
