package io.tercet.files.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.files.access.AccessControl;
import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Finds files that a person may read, and opens their bytes.
///
/// - Threading: safe.
@Component
@EnableConfigurationProperties(DownloadSettings.class)
public final class Downloads {
  private final AccessControl access;
  private final Catalog catalog;
  private final BlobStore blobs;
  private final DownloadSettings settings;
  private final Counter bytesOut;

  Downloads(
      AccessControl access,
      Catalog catalog,
      BlobStore blobs,
      DownloadSettings settings,
      MeterRegistry meters) {
    this.access = access;
    this.catalog = catalog;
    this.blobs = blobs;
    this.settings = settings;
    this.bytesOut =
        Counter.builder("tercet.download.bytes")
            .description("Bytes of files that were sent")
            .baseUnit("bytes")
            .register(meters);
  }

  /// - Errors: `room-not-found`, `file-not-found`.
  public Item.File find(Person person, Space space, FilePath path) {
    access.check(person, space);
    return catalog.read(tree -> tree.file(space, path));
  }

  /// A file by its id, wherever it is now; in its newest version if none is given.
  ///
  /// - Errors: `file-not-found`, also if the person may not read it, or the version is not kept.
  public Tree.Located findById(Person person, UUID fileId, @Nullable Integer version) {
    Tree.Located found =
        catalog.read(tree -> tree.fileById(fileId, version)).orElseThrow(Downloads::notFound);
    try {
      access.check(person, found.space());
    } catch (ProblemException e) {
      throw e.type() == ProblemType.ROOM_NOT_FOUND ? notFound() : e;
    }
    return found;
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.FILE_NOT_FOUND, "It was deleted, or you are not in its room.");
  }

  /// Opens the bytes of a file that the person may read.
  ///
  /// - Errors: `file-not-found` if the file was removed a moment ago.
  public OpenFile open(Person person, Space space, Item.Content content) {
    AccessCheck check =
        new AccessCheck(
            () -> access.check(person, space), settings.accessCheck(), System::nanoTime);
    return new OpenFile(blobs.open(content.sha256()), check, bytesOut);
  }
}
