package io.tercet.files.blob;

import io.tercet.files.datafolder.DataFolder;
import io.tercet.files.datafolder.OwnerOnly;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Contents on disk, each once, named by its SHA-256: `blobs/ab/abcd…`.
///
/// A content is written under `incoming/`, flushed and renamed into place, and its directory is
/// flushed. Only after that may the catalogue refer to it. It is pinned between the rename and the
/// commit of the catalogue, so that the removal of another file with the same content cannot remove
/// it. The next start removes files that a crash left under `incoming/`.
///
/// - Threading: safe.
/// - Errors: `storage-full` when the disk is.
public final class BlobStore {
  private static final Logger log = LoggerFactory.getLogger(BlobStore.class);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Path incoming;
  private final Path blobs;
  private final FreeSpace space;
  private final Supplier<UUID> newIds;
  private final ConcurrentHashMap<String, Integer> pins = new ConcurrentHashMap<>();

  BlobStore(DataFolder data, BlobSettings settings, Supplier<UUID> newIds) {
    this.incoming = data.folder("incoming");
    this.blobs = data.folder("blobs");
    this.space = new FreeSpace(incoming, settings.reserve().toBytes());
    this.newIds = newIds;
    removeLeftovers();
  }

  /// A content that is on disk and cannot be removed until this is closed.
  public final class PinnedBlob implements AutoCloseable {
    private final String sha256;

    private PinnedBlob(String sha256) {
      this.sha256 = sha256;
    }

    public String sha256() {
      return sha256;
    }

    @Override
    public void close() {
      pins.computeIfPresent(sha256, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /// Opens a new content for writing.
  ///
  /// - Errors: `storage-full` if `announced` bytes (0 if unknown) would use up the reserve.
  public IncomingBlob receive(long announced) {
    space.require(announced);
    try {
      return new IncomingBlob(incoming.resolve(newIds.get().toString()), space);
    } catch (IOException e) {
      throw DiskFailure.of(e);
    }
  }

  /// Flushes the bytes and moves them into place; after it returns, they survive a power failure.
  public PinnedBlob store(IncomingBlob bytes) {
    try {
      String sha256 = bytes.seal();
      pins.merge(sha256, 1, Integer::sum);
      PinnedBlob blob = new PinnedBlob(sha256);
      try {
        moveIntoPlace(bytes.path(), folder(sha256), path(sha256));
        return blob;
      } catch (IOException e) {
        blob.close();
        throw e;
      }
    } catch (IOException e) {
      throw DiskFailure.of(e);
    }
  }

  private void moveIntoPlace(Path from, Path folder, Path to) throws IOException {
    if (!Files.exists(folder)) {
      makeFolder(folder);
    }
    if (!Files.exists(to)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
    // Even if it existed: the thread that renamed it may not have flushed the folder yet.
    flush(folder);
  }

  private void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, OwnerOnly.FOLDER);
    } catch (FileAlreadyExistsException _) {
      // another upload made it first
    }
    flush(blobs);
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Opens a content for reading; the caller closes it.
  ///
  /// - Errors: `file-not-found` if it was removed a moment ago.
  public FileChannel open(String sha256) {
    try {
      return FileChannel.open(path(sha256), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw ProblemException.causedBy(e, ProblemType.FILE_NOT_FOUND, "It was just removed.");
    } catch (IOException e) {
      throw new UncheckedIOException("a blob cannot be opened", e);
    }
  }

  /// Removes a content unless it is pinned or still used; true if it is neither.
  ///
  /// Call it inside a write transaction of the catalogue, so that `used` cannot change meanwhile.
  public boolean removeUnless(String sha256, BooleanSupplier used) {
    boolean[] removed = new boolean[1];
    pins.compute(
        sha256,
        (_, pinned) -> {
          if (pinned == null && !used.getAsBoolean()) {
            delete(path(sha256));
            removed[0] = true;
          }
          return pinned;
        });
    return removed[0];
  }

  /// Starts a walk over all contents on disk.
  public BlobWalk walk() {
    return new BlobWalk(blobs);
  }

  /// Whether uploads are refused because the disk has no more free than the reserve.
  public boolean isNearlyFull() {
    return !space.has(0);
  }

  /// Whether contents can be written; readiness asks this.
  public boolean isWritable() {
    return Files.isWritable(incoming) && Files.isWritable(blobs);
  }

  private Path path(String sha256) {
    return folder(sha256).resolve(sha256);
  }

  private Path folder(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
    return blobs.resolve(sha256.substring(0, 2));
  }

  private void removeLeftovers() {
    int count = 0;
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
      for (Path leftover : leftovers) {
        delete(leftover);
        count++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("incoming/ cannot be read", e);
    }
    if (count > 0) {
      log.info("removed unfinished uploads count={}", count);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The file only uses disk space; the next start or removal tries again.
      log.warn("cannot delete a file of the blob store: {}", e.getMessage());
    }
  }
}
