package io.tercet.files.database;

import io.tercet.files.datafolder.StartupException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.system.ApplicationHome;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite itself: native code that the driver has in its jar, and that can be loaded only from a
/// file.
///
/// Left alone, the driver unpacks it at each start and leaves it behind at each kill. Here it is
/// unpacked once, into `native` beside the jar of the service, and used again as long as it is the
/// driver's. Where nothing may be written or run there, `native` beside the data takes its place.
///
/// - Threading: the thread that starts the service.
/// - Errors: [StartupException] if it can be run in neither.
final class SqliteLibrary {

  private static final Logger log = LoggerFactory.getLogger(SqliteLibrary.class);
  private static final String FOLDER = "native";

  /// The driver looks here first.
  private static final String PATH = "org.sqlite.lib.path";

  private static final String NAME = "org.sqlite.lib.name";

  private SqliteLibrary() {}

  /// Says from where the driver loads it, unless the operator does.
  ///
  /// @param data the folder of the database; it is there
  static void place(Path data) {
    if (System.getProperty(PATH) != null) {
      return;
    }
    List<Path> folders = new ArrayList<>();
    File jar = new ApplicationHome(SqliteLibrary.class).getSource();
    if (jar != null && jar.isFile()) {
      folders.add(jar.toPath().resolveSibling(FOLDER));
    }
    folders.add(data.resolve(FOLDER).normalize());
    placeInFirst(folders);
  }

  static void placeInFirst(List<Path> folders) {
    String name = LibraryLoaderUtil.getNativeLibName();
    List<String> reasons = new ArrayList<>();
    for (Path folder : folders) {
      try {
        placeIn(folder, name);
        if (!reasons.isEmpty()) {
          log.info("SQLite is loaded from {}, not from {}", folder, String.join(" or ", reasons));
        }
        return;
      } catch (IOException e) {
        reasons.add(folder + " (" + reason(e) + ")");
      }
    }
    throw new StartupException(
        "SQLite cannot be loaded from "
            + String.join(" or ", reasons)
            + ": one of these folders must be writable and not mounted noexec");
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException
        ? failure.getClass().getSimpleName().replace("Exception", "")
        : String.valueOf(failure.getMessage());
  }

  /// Opened and closed again, not loaded: the driver does that, once.
  private static void placeIn(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    boolean made = unpack(file);
    try (Arena open = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(file, open);
    } catch (IllegalArgumentException noexec) {
      if (made) {
        Files.deleteIfExists(file);
      }
      throw new IOException("nothing can be run from there", noexec);
    }
    System.setProperty(PATH, folder.toString());
    System.setProperty(NAME, name);
  }

  /// Whether it was not there, or was another one. It is nobody's secret, and an image is made by
  /// another user than it is run by.
  private static boolean unpack(Path file) throws IOException {
    byte[] library = library();
    if (Files.isReadable(file) && Arrays.equals(Files.readAllBytes(file), library)) {
      return false;
    }
    Path folder = file.resolveSibling(".").normalize();
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, "unfinished", "");
    try {
      Files.write(unfinished, library);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
      // Not written over: another process may run it.
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static byte[] library() throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream packed =
        Objects.requireNonNull(SQLiteJDBCLoader.class.getResourceAsStream(resource), resource)) {
      return packed.readAllBytes();
    }
  }
}
