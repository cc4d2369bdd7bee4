package io.tercet.http.site;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files for this user of the system alone: folders are 0700, files 0600.
final class OwnerOnly {
  private static final System.Logger LOG = System.getLogger(OwnerOnly.class.getName());
  private static final FileAttribute<?> FILE = attribute("rw-------");
  private static final FileAttribute<?> FOLDER = attribute("rwx------");

  private OwnerOnly() {}

  /// Makes a folder, and those above it, if there is none. One that is there is taken from others;
  /// a line of the log says so, or that it cannot be.
  static Path makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Files.createDirectories(folder, FOLDER);
    }
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(folder);
      if (allowed.removeIf(permission -> !permission.name().startsWith("OWNER_"))) {
        Files.setPosixFilePermissions(folder, allowed);
        if (!Files.getPosixFilePermissions(folder).equals(allowed)) {
          throw new IOException("the file system keeps no permissions");
        }
        LOG.log(
            System.Logger.Level.INFO,
            folder + " was open to other users; now it is its owner's alone");
      }
    } catch (IOException notOurs) {
      LOG.log(
          System.Logger.Level.WARNING,
          folder + " may be open to other users: chmod -R go= it (" + notOurs + ")");
    }
    return folder;
  }

  /// Opens a new file, in the place of one that is there.
  static OutputStream newFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    return Channels.newOutputStream(
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE));
  }

  private static FileAttribute<?> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
