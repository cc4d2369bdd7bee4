package io.tercet.chat.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people write is for this user of the system alone: folders are 0700, files 0600.
///
/// Threading: any thread.
final class OwnerOnly {

  /// For a file that is made.
  static final FileAttribute<?> FILE = attribute("rw-------");

  /// For folders that are made.
  static final FileAttribute<?> FOLDER = attribute("rwx------");

  private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);

  private OwnerOnly() {}

  /// Takes a folder that is there, and what lies in it, from everybody else; what lies deeper is
  /// out of reach then. One line of the log says that something changed, or that it cannot be.
  static void tighten(Path folder) {
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      boolean changed = takeFromOthers(folder.toRealPath());
      for (Path file : content) {
        changed |= takeFromOthers(file);
      }
      if (changed) {
        log.info("{} was open to other users; now it is its owner's alone", folder);
      }
    } catch (IOException e) {
      log.warn("{} may be open to other users: chmod -R go= it ({})", folder, e.toString());
    }
  }

  /// Whether others could do anything with it until now.
  private static boolean takeFromOthers(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return false;
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
