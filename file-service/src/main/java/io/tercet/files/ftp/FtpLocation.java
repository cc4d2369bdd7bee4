package io.tercet.files.ftp;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;

/// What a path of an FTP client refers to.
sealed interface FtpLocation {
  /// `/`, which contains `home` and `rooms`.
  record Root() implements FtpLocation {}

  /// `/rooms`, which contains a folder for each room that the person is a member of.
  record Rooms() implements FtpLocation {}

  /// A space, or a path in it.
  record InSpace(Space space, FilePath path) implements FtpLocation {}

  /// Any other path: it does not exist, and nothing can be made there.
  record Unknown() implements FtpLocation {}
}
