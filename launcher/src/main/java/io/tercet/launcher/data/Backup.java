package io.tercet.launcher.data;

import io.tercet.launcher.console.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A copy of a data folder.
record Backup(Path path) {

  /// What a restore takes over. The rest is a cache, or belongs to a run.
  static final List<String> PARTS = List.of("chat", "files", "service-secret");

  static final String CHAT_DATABASE = "chat/chat.db";
  private static final String FILES_DATABASE = "files/catalog.db";

  /// The first bytes of a database of SQLite. Source: sqlite.org/fileformat2.html §1.3.
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER_BYTES = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int CHANGES_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int PAGES_VALID_FOR_AT = 92;
  private static final int LARGEST_PAGE = 65_536;

  /// Checks that it is whole: its databases are there, none is cut off, and nothing in it points
  /// out of it. `withChat` says that the messages are in it, and not in a database elsewhere.
  void check(DataFolder data, boolean withChat) throws UserException {
    try {
      Path real = path.toRealPath();
      if (Files.exists(data.path())) {
        Path here = data.path().toRealPath();
        if (real.startsWith(here) || here.startsWith(real)) {
          throw new UserException(
              path + " and the data folder overlap: keep the backup somewhere else.");
        }
      }
      checkDatabase(FILES_DATABASE);
      if (withChat) {
        checkDatabase(CHAT_DATABASE);
      }
      for (Path file : files()) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
            && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new UserException(file + " is neither a file nor a folder: copy it as one.");
        }
      }
    } catch (IOException | UncheckedIOException failed) {
      throw new UserException("cannot read the backup " + path + ": check its owner.", failed);
    }
  }

  /// The bytes of its files.
  long size() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return size;
  }

  /// Copies it for its owner alone, flushed to the disk.
  void copyTo(Path target) throws IOException {
    for (Path file : files()) {
      Path copy = target.resolve(path.relativize(file));
      if (Files.isDirectory(file)) {
        Files.createDirectory(copy, OwnerOnly.FOLDER);
      } else {
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        OwnerOnly.tighten(copy);
        flush(copy);
      }
    }
  }

  /// Forces a file, or the names in a folder, onto the disk.
  static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Its files and folders, each folder before what is in it.
  private List<Path> files() throws IOException {
    try (Stream<Path> all = PARTS.stream().map(path::resolve).filter(Files::exists)) {
      return all.flatMap(Backup::below).toList();
    }
  }

  private static Stream<Path> below(Path part) {
    try {
      return Files.walk(part);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void checkDatabase(String name) throws IOException, UserException {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new UserException(path + " is no copy of a data folder: it has no " + name + ".");
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    long size;
    try (FileChannel channel = FileChannel.open(file)) {
      size = channel.size();
      channel.read(header, 0);
    }
    boolean database =
        header.position() == HEADER_BYTES
            && ByteBuffer.wrap(header.array(), 0, SQLITE.length).equals(ByteBuffer.wrap(SQLITE));
    if (!database) {
      throw new UserException(file + " is no database: take another copy.");
    }
    int page = Short.toUnsignedInt(header.getShort(PAGE_SIZE_AT));
    long pageSize = page == 1 ? LARGEST_PAGE : page;
    boolean counted = header.getInt(CHANGES_AT) == header.getInt(PAGES_VALID_FOR_AT);
    if (counted && size < pageSize * Integer.toUnsignedLong(header.getInt(PAGES_AT))) {
      throw new UserException(file + " is cut off: take another copy.");
    }
  }
}
