package io.tercet.launcher.data;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// What is kept is for this user of the system alone: folders are 0700, files 0600.
final class OwnerOnly {

  static final FileAttribute<?> FILE = attribute("rw-------");
  static final FileAttribute<?> FOLDER = attribute("rwx------");

  private OwnerOnly() {}

  /// Makes an empty file if there is none; one that is there loses what others may do with it.
  static void makeFile(Path file) throws IOException {
    try {
      Files.createFile(file, FILE);
    } catch (FileAlreadyExistsException there) {
      tighten(file);
    }
  }

  /// Makes a folder, and those above it, if there is none.
  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, FOLDER);
    }
  }

  /// Takes folders from others that are there.
  ///
  /// @return a sentence if others could do anything with the first of them, or still can
  static Optional<String> tighten(Path folder, Path... below) {
    try {
      boolean wasOpen = takeFromOthers(folder);
      for (Path each : below) {
        takeFromOthers(each);
      }
      return wasOpen
          ? Optional.of(folder + " was open to other users; now it is its owner's alone.")
          : Optional.empty();
    } catch (IOException notOurs) {
      return Optional.of(folder + " may be open to other users: chmod -R go= it.");
    }
  }

  /// @return whether others could do anything with it until now
  private static boolean takeFromOthers(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return takeFromOthers(path.toRealPath());
    }
    Set<PosixFilePermission> allowed =
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    boolean open = allowed.removeIf(permission -> !permission.name().startsWith("OWNER_"));
    if (open) {
      Files.setPosixFilePermissions(path, allowed);
      if (!Files.getPosixFilePermissions(path).equals(allowed)) {
        throw new IOException("the file system keeps no permissions");
      }
    }
    return open;
  }

  private static FileAttribute<?> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
