package io.tercet.files.ftp.view;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;

/// What a path of an FTP client refers to.
public sealed interface FtpLocation {
  /// `/`, which contains `home` and `rooms`.
  record Root() implements FtpLocation {}

  /// `/rooms`, which contains a folder for each room that the person is a member of.
  record Rooms() implements FtpLocation {}

  /// A space, or a path in it.
  record InSpace(Space space, FilePath path) implements FtpLocation {
    Tree.Location asLocation() {
      return new Tree.Location(space, path);
    }
  }

  /// Any other path: it does not exist, and nothing can be made there.
  record Unknown() implements FtpLocation {}
}
