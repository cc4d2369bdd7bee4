package io.tercet.http.file;

import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.OpenFile;
import io.tercet.http.negotiation.ContentCoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out in which forms a file can be sent, and keeps that in the cache.
///
/// `name.br`, `name.zst` and `name.gz` are forms of `name` if they are shorter, and not older in
/// whole seconds: one that was forgotten when the file changed must not be sent. Dates of a
/// snapshot say nothing, so there none is too old.
///
/// Threading: shared by all; what two threads find out at once, one of them did for nothing.
public final class FileLoader {
  /// Files that are looked at at once, in this process: each takes twice what is kept of it in
  /// memory meanwhile, and so do its forms.
  private static final ConcurrencyLimit LOADS = new ConcurrencyLimit(32);

  /// The longest step in which the kernel's clock of files goes, where it does: a file that changes
  /// twice within one has the same tag for both contents, and is called racily clean by Git.
  private static final Duration STEP_MAX = Duration.ofMillis(20);

  private static final List<ContentCoding> CODED =
      List.of(ContentCoding.BROTLI, ContentCoding.ZSTANDARD, ContentCoding.GZIP);

  private final FileTree tree;
  private final ContentCache cache;
  private final FileServingOptions rules;
  private final InstantSource clock;

  /// Whose files they are in the cache: not the tree, which would outlive its last request there.
  private final Object owner = new Object();

  public FileLoader(
      FileTree tree, ContentCache cache, FileServingOptions rules, InstantSource clock) {
    this.tree = tree;
    this.cache = cache;
    this.rules = rules;
    this.clock = clock;
  }

  /// What is known for a path of a request and fresh, or null.
  public @Nullable FileRepresentations find(String requestPath) {
    return cache.find(owner, requestPath);
  }

  /// What was known turned out to be old.
  public void forget(String requestPath) {
    cache.forget(owner, requestPath);
  }

  /// Looks at an open file, which the caller closes, and at what is beside it.
  ///
  /// @param requestPath under which it will be found again
  /// @return null if it changed while it was read
  /// @throws UncheckedIOException if it cannot be read
  public @Nullable FileRepresentations load(String requestPath, String path, OpenFile file) {
    return LOADS.run(() -> tree.inOneWait(() -> loaded(requestPath, path, file)));
  }

  private @Nullable FileRepresentations loaded(String requestPath, String path, OpenFile file) {
    FileRepresentations before = cache.last(owner, requestPath);
    boolean isSettled = file.changedAt().plus(STEP_MAX).isBefore(clock.instant());
    FileContent.InMemory content = null;
    if (cache.takes(file.length())) {
      content = content(file, before);
      if (content == null) {
        return null;
      }
    }
    String mediaType = MediaTypes.of(path);
    List<Form> forms = forms(path, file);
    FileRepresentations.Compression compression = compression(mediaType, file, forms);
    boolean vary = compression != FileRepresentations.Compression.UNWANTED || !forms.isEmpty();
    Fields common = common(path, mediaType, vary);
    Representation plain =
        variant(new Form(ContentCoding.PLAIN, path, state(file), content), mediaType, common);
    List<Representation> coded = new ArrayList<>(CODED.size());
    for (Form form : forms) {
      coded.add(variant(form, mediaType, common));
    }
    boolean isPossible = compression == FileRepresentations.Compression.POSSIBLE;
    if (isPossible && before != null && isSame(before, file, content)) {
      compression = carryOver(before, coded);
    }
    FileRepresentations variants = new FileRepresentations(plain, coded, compression, isSettled);
    cache.keep(owner, requestPath, variants);
    return variants;
  }

  /// The content of an open file, which the caller closes, and which is not kept here; null if it
  /// is large, or changed while it was read.
  ///
  /// @throws UncheckedIOException if it cannot be read
  public FileContent.@Nullable InMemory read(OpenFile file) {
    return cache.takes(file.length()) ? LOADS.run(() -> content(file, null)) : null;
  }

  /// Until when what is read now is fresh.
  public long freshUntil() {
    return cache.freshUntil();
  }

  public boolean isPast(long time) {
    return cache.isPast(time);
  }

  /// Whether somebody may hold so many bytes beside the cache, in place of what it held.
  public boolean lend(Object holder, long bytes) {
    return cache.lend(holder, bytes);
  }

  /// Adds the gzip form, which costs time once for each change of the file.
  public FileRepresentations compress(String requestPath, FileRepresentations variants) {
    Representation plain = variants.plain();
    FileContent.InMemory content = plain.content();
    if (content == null) {
      throw new IllegalStateException("only what is in memory is compressed");
    }
    Fields common = common(plain.path(), plain.representation().mediaType(), true);
    FileRepresentations compressed =
        variants.compressed(GzipEncoder.of(plain, content.body(), common));
    cache.improve(owner, requestPath, compressed);
    return compressed;
  }

  /// A file in one form.
  private record Form(
      ContentCoding coding,
      String path,
      RepresentationMetadata.State state,
      FileContent.@Nullable InMemory content) {}

  private List<Form> forms(String path, OpenFile plain) {
    List<Form> forms = new ArrayList<>(CODED.size());
    for (ContentCoding coding : CODED) {
      String codedPath = path + coding.ending();
      if (tree.find(codedPath) instanceof FileTree.Entry.File(OpenFile file)) {
        try (file) {
          if (file.length() < plain.length() && isOfNow(file, plain)) {
            addForm(coding, codedPath, file, forms);
          }
        }
      }
    }
    return forms;
  }

  /// One that cannot be read, or is just being written, is left out: the plain form is there.
  private void addForm(ContentCoding coding, String path, OpenFile file, List<Form> forms) {
    if (!cache.takes(file.length())) {
      forms.add(new Form(coding, path, state(file), null));
      return;
    }
    try {
      FileContent.InMemory content = content(file, null);
      if (content != null) {
        forms.add(new Form(coding, path, state(file), content));
      }
    } catch (UncheckedIOException unreadable) {
      // Then it does not count.
    }
  }

  private boolean isOfNow(OpenFile coded, OpenFile plain) {
    return tree.isSnapshot()
        || !coded
            .modifiedAt()
            .truncatedTo(ChronoUnit.SECONDS)
            .isBefore(plain.modifiedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private FileRepresentations.Compression compression(
      String mediaType, OpenFile file, List<Form> forms) {
    boolean wanted =
        rules.compresses()
            && cache.takes(file.length())
            && file.length() >= GzipEncoder.BYTES_MIN
            && MediaTypes.isCompressible(mediaType)
            && forms.stream().noneMatch(form -> form.coding() == ContentCoding.GZIP);
    return wanted
        ? FileRepresentations.Compression.POSSIBLE
        : FileRepresentations.Compression.UNWANTED;
  }

  /// The file did not change, so neither did its gzip form.
  private static FileRepresentations.Compression carryOver(
      FileRepresentations before, List<Representation> coded) {
    return switch (before.compression()) {
      case MADE -> {
        coded.add(before.coded().getLast());
        yield FileRepresentations.Compression.MADE;
      }
      case USELESS -> FileRepresentations.Compression.USELESS;
      case UNWANTED, POSSIBLE -> FileRepresentations.Compression.POSSIBLE;
    };
  }

  private Fields common(String path, String mediaType, boolean vary) {
    Fields fields =
        Fields.of("Cache-Control", rules.cacheControl(path, mediaType), "Accept-Ranges", "bytes");
    return (vary ? fields.with("Vary", "Accept-Encoding") : fields).and(rules.fields());
  }

  private static Representation variant(Form form, String mediaType, Fields common) {
    RepresentationMetadata representation =
        RepresentationMetadata.of(form.state(), form.coding(), mediaType, common);
    return new Representation(representation, form.path(), form.state().tag(), form.content());
  }

  /// Nothing may say that it will have been changed (RFC 9110 §8.8.2.1); the time of looking is not
  /// later than that of any message about it.
  private RepresentationMetadata.State state(OpenFile file) {
    Instant now = clock.instant();
    Instant modifiedAt = file.modifiedAt().isAfter(now) ? now : file.modifiedAt();
    Instant second = modifiedAt.truncatedTo(ChronoUnit.SECONDS);
    boolean isOver = !second.plusSeconds(1).isAfter(now);
    return new RepresentationMetadata.State(file.length(), file.tag(), modifiedAt, isOver);
  }

  @SuppressWarnings("ReferenceEquality") // What was read again and was the same is the same object.
  private static boolean isSame(
      FileRepresentations before, OpenFile file, FileContent.@Nullable InMemory content) {
    return before.plain().tag().equals(file.tag()) && before.plain().content() == content;
  }

  /// The content of a small file, read again only if it may have changed; null if it changes just
  /// now.
  private static FileContent.@Nullable InMemory content(
      OpenFile file, @Nullable FileRepresentations before) {
    FileContent.InMemory known = null;
    if (before != null && before.plain().tag().equals(file.tag())) {
      known = before.plain().content();
      if (known != null && before.isSettled()) {
        return known;
      }
    }
    byte[] bytes = readAll(file);
    if (bytes == null) {
      return null;
    }
    boolean isKnown = known != null && Arrays.equals(known.body().bytes(), bytes);
    return isKnown ? known : new FileContent.InMemory(new Body.Bytes(bytes));
  }

  /// All that was described; null if it is not that any more.
  private static byte @Nullable [] readAll(OpenFile file) {
    byte[] bytes = new byte[(int) file.length()];
    try {
      for (int at = 0; at < bytes.length; ) {
        int read = file.read(at, bytes, at, bytes.length - at);
        if (read <= 0) {
          return null;
        }
        at += read;
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return file.source().isUnchanged() ? bytes : null;
  }
}
