package io.tercet.files.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.files.access.AccessControl;
import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Editor;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.limit.Places;
import io.tercet.files.outbox.Outbox;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.quota.Allowance;
import io.tercet.files.quota.Quotas;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Stores uploads: `http` or `ftp` opens one, writes its bytes, and commits it.
///
/// A commit flushes the bytes, moves them into place, and writes the catalogue and the event for
/// the room in one transaction. The file is stored if the commit returns normally. An upload that
/// is closed without a commit leaves nothing.
///
/// - Threading: safe.
/// - Errors: those of [AccessControl], [Tree], [Quotas] and [BlobStore]; `too-many-uploads` or
///   `service-unavailable` if too many uploads run at once; `digest-mismatch`.
@Component
@EnableConfigurationProperties(UploadSettings.class)
public final class Uploads {
  private static final Logger log = LoggerFactory.getLogger(Uploads.class);

  /// How often names for a form are chosen, while others take them.
  private static final int NAME_CHOICES_MAX = 5;

  private final AccessControl access;
  private final Catalog catalog;
  private final BlobStore blobs;
  private final Quotas quotas;
  private final Outbox outbox;
  private final MediaTypeDetector mediaTypes = new MediaTypeDetector();
  private final UploadSettings settings;
  private final Places places;
  private final Counter bytesIn;

  Uploads(
      AccessControl access,
      Catalog catalog,
      BlobStore blobs,
      Quotas quotas,
      Outbox outbox,
      UploadSettings settings,
      MeterRegistry meters) {
    this.access = access;
    this.catalog = catalog;
    this.blobs = blobs;
    this.quotas = quotas;
    this.outbox = outbox;
    this.settings = settings;
    this.places = new Places(settings.shares(), ProblemType.TOO_MANY_UPLOADS, "uploads");
    this.bytesIn =
        Counter.builder("tercet.upload.bytes")
            .description("Bytes of files that were stored")
            .baseUnit("bytes")
            .register(meters);
  }

  /// Opens an upload. It checks before the first byte that the file may be stored there.
  ///
  /// `announced` is the size in bytes if the client sent it, else 0.
  public Upload open(Person person, InetAddress from, UploadTarget target, long announced) {
    Editor editor = access.check(person, target.space());
    target.path().name();
    long sizeMax = settings.fileSizeMax().toBytes();
    if (announced > sizeMax) {
      throw tooLarge(sizeMax);
    }
    LeastRate rate = new LeastRate(settings, System::nanoTime);
    return admitted(
        places.take(person, from),
        tree -> {
          checkTarget(tree, target);
          tree.checkWrite(target.space(), target.path(), editor);
          return quotas.open(tree, person, target.space(), announced);
        },
        (allowance, onClose) ->
            new Upload(
                blobs.receive(announced),
                new Upload.Bounds(sizeMax, allowance, rate::received),
                onClose));
  }

  /// Opens a form for files of one folder.
  public Form openForm(Person person, InetAddress from, Space space) {
    access.check(person, space);
    LeastRate rate = new LeastRate(settings, System::nanoTime);
    return admitted(
        places.take(person, from),
        tree -> quotas.open(tree, person, space, 0),
        (allowance, onClose) -> new Form(blobs, settings, allowance, rate, onClose));
  }

  private <T> T admitted(
      Runnable place, Function<Tree, Allowance> quota, BiFunction<Allowance, Runnable, T> open) {
    return undoneByFailure(
        place,
        () -> {
          Allowance allowance = catalog.read(quota);
          Runnable onClose =
              () -> {
                allowance.close();
                place.run();
              };
          return undoneByFailure(allowance::close, () -> open.apply(allowance, onClose));
        });
  }

  private static <T> T undoneByFailure(Runnable undo, Supplier<T> work) {
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        undo.run();
      }
    }
  }

  /// Stores an upload as the target's next version.
  ///
  /// - Errors: `digest-mismatch` unless `digest` accepts the SHA-256; `precondition-failed`; those
  ///   of [Outbox#add].
  public Tree.Put<Item.File> commit(
      Upload upload, Person person, UploadTarget target, Predicate<String> digest) {
    Editor editor = access.check(person, target.space());
    String mediaType = mediaTypes.detect(upload.bytes(), target.path().name());
    try (BlobStore.PinnedBlob blob = blobs.store(upload.bytes())) {
      if (!digest.test(blob.sha256())) {
        throw new ProblemException(
            ProblemType.DIGEST_MISMATCH, "Repr-Digest names other bytes: send them again.");
      }
      Item.Content content = content(blob, upload, mediaType);
      Tree.Put<Item.File> put =
          catalog.write(tree -> {
            checkTarget(tree, target);
            Space space = target.space();
            return quotas.within(
                tree, person, space, () -> write(tree, editor, target, content));
          });
      afterCommit(put.item(), target.space(), person);
      return put;
    }
  }

  /// Stores the files of a form in a folder, all of them or none. A file whose name is taken gets a
  /// number.
  public List<Item.File> commitAll(Form form, Person person, Space space, FilePath folder) {
    Editor editor = access.check(person, space);
    List<Form.Named> files = form.files();
    if (files.isEmpty()) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "The form carries no file.");
    }
    List<BlobStore.PinnedBlob> pinned = new ArrayList<>();
    try {
      List<Item.Content> contents = new ArrayList<>();
      for (Form.Named file : files) {
        String mediaType = mediaTypes.detect(file.upload().bytes(), file.name());
        BlobStore.PinnedBlob blob = blobs.store(file.upload().bytes());
        pinned.add(blob);
        contents.add(content(blob, file.upload(), mediaType));
      }
      List<Item.File> items = writeAll(files, contents, editor, space, folder);
      items.forEach(item -> afterCommit(item, space, person));
      return items;
    } finally {
      pinned.forEach(BlobStore.PinnedBlob::close);
    }
  }

  /// Chooses names and writes; starts again if somebody took one of the names meanwhile.
  private List<Item.File> writeAll(
      List<Form.Named> files,
      List<Item.Content> contents,
      Editor editor,
      Space space,
      FilePath folder) {
    List<String> names = files.stream().map(Form.Named::name).toList();
    for (int i = 0; i < NAME_CHOICES_MAX; i++) {
      List<FilePath> paths =
          catalog.read(tree -> new UnusedNames(tree, space, folder).choose(names));
      Optional<List<Item.File>> items =
          catalog.write(tree ->
              paths.stream().allMatch(path -> tree.find(space, path).isEmpty())
                  ? Optional.of(
                      quotas.within(
                          tree,
                          editor.person(),
                          space,
                          () -> writeAll(tree, paths, contents, editor, space)))
                  : Optional.empty());
      if (items.isPresent()) {
        return items.get();
      }
    }
    throw new ProblemException(ProblemType.PATH_TAKEN, "Others take these names: try again.");
  }

  private List<Item.File> writeAll(
      Tree tree, List<FilePath> paths, List<Item.Content> contents, Editor editor, Space space) {
    List<Item.File> items = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      UploadTarget target = new UploadTarget(space, paths.get(i), Preconditions.NONE);
      items.add(write(tree, editor, target, contents.get(i)).item());
    }
    return items;
  }

  private Item.Content content(BlobStore.PinnedBlob blob, Upload upload, String mediaType) {
    Item.Pixels pixels =
        mediaType.startsWith("image/") ? ImageHeader.pixels(blobs, blob.sha256()) : null;
    return new Item.Content(blob.sha256(), upload.size(), mediaType, pixels);
  }

  private Tree.Put<Item.File> write(
      Tree tree, Editor editor, UploadTarget target, Item.Content content) {
    Tree.Put<Item.File> put = tree.write(target.space(), target.path(), content, editor);
    outbox.add(tree, target.space(), put.item(), editor.person(), target.announced());
    return put;
  }

  private static void checkTarget(Tree tree, UploadTarget target) {
    Item now = tree.find(target.space(), target.path()).orElse(null);
    if (now instanceof Item.Folder) {
      throw new ProblemException(
          ProblemType.PATH_TAKEN, "A folder of this name is there: choose another name.");
    }
    if (now == null) {
      FilePath.newName(target.path().name());
    }
    target.preconditions().check(now);
  }

  private void afterCommit(Item.File file, Space space, Person person) {
    outbox.wake();
    bytesIn.increment((double) file.content().size());
    log.info(
        "stored file={} version={} space={} person={} size={}B",
        file.fileId(),
        file.version(),
        space.key(),
        person.personId(),
        file.content().size());
  }

  static ProblemException tooLarge(long sizeMax) {
    return new ProblemException(ProblemType.TOO_LARGE, "A file has at most " + sizeMax + " bytes.");
  }
}
