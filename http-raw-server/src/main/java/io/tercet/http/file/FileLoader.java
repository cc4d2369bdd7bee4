package io.tercet.http.file;

import io.tercet.http.file.FileRepresentations.Compression;
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

/// Finds out in which forms a file can be sent, and caches that.
///
/// `name.br`, `name.zst` and `name.gz` are forms of `name` if they are shorter and, in whole
/// seconds, not older. An older one was forgotten when the file changed and must not be sent. In a
/// snapshot the dates say nothing, so none is too old.
///
/// Threading: shared by all. Two threads may load the same file at once; one of the results is
/// lost.
public final class FileLoader {
  /// The longest step of the kernel's clock for files. A file that changes twice within one step
  /// has the same tag for both contents; Git calls it racily clean.
  private static final Duration STEP_MAX = Duration.ofMillis(20);

  private static final List<ContentCoding> CODED =
      List.of(ContentCoding.BROTLI, ContentCoding.ZSTANDARD, ContentCoding.GZIP);

  private final FileTree tree;
  private final ContentCache cache;
  private final FileServingOptions options;
  private final InstantSource clock;

  /// Whose files they are in the cache. The tree itself would stay reachable after its last
  /// request.
  private final Object owner = new Object();

  /// @param clock that no file was changed after
  public FileLoader(
      FileTree tree, ContentCache cache, FileServingOptions options, InstantSource clock) {
    this.tree = tree;
    this.cache = cache;
    this.options = options;
    this.clock = clock;
  }

  /// The cached file for the path of a request if it is fresh, or null.
  public @Nullable FileRepresentations find(String requestPath) {
    return cache.find(owner, requestPath);
  }

  /// Marks the cached file as stale.
  public void expire(String requestPath) {
    cache.expire(owner, requestPath);
  }

  /// Looks at an open file, which the caller closes, and at its coded forms, and caches the result.
  ///
  /// @param requestPath its key in the cache
  /// @return null if the file changed while it was read
  /// @throws UncheckedIOException if it cannot be read
  public @Nullable FileRepresentations load(String requestPath, String path, OpenFile file) {
    return cache.load(() -> tree.inOneWait(() -> loadInTurn(requestPath, path, file)));
  }

  private @Nullable FileRepresentations loadInTurn(String requestPath, String path, OpenFile file) {
    FileRepresentations before = cache.findStale(owner, requestPath);
    boolean isSettled = file.changedAt().plus(STEP_MAX).isBefore(clock.instant());
    FileContent.InMemory content = null;
    if (cache.holdsContent(file.length())) {
      content = content(file, before);
      if (content == null) {
        return null;
      }
    }
    String mediaType = MediaTypes.of(path);
    List<Form> forms = codedForms(path, file);
    Compression compression = compression(mediaType, file, forms);
    boolean varies = compression != Compression.UNWANTED || !forms.isEmpty();
    Fields common = commonFields(path, mediaType, varies);
    Form asItIs = new Form(ContentCoding.PLAIN, path, state(file), content);
    Representation plain = asItIs.representation(mediaType, common);
    List<Representation> coded = new ArrayList<>(CODED.size());
    for (Form form : forms) {
      coded.add(form.representation(mediaType, common));
    }
    boolean isPossible = compression == Compression.POSSIBLE;
    if (isPossible && before != null && isSame(before, file, content)) {
      compression = carryOver(before, coded);
    }
    FileRepresentations all = new FileRepresentations(plain, coded, compression, isSettled);
    cache.put(owner, requestPath, all);
    return all;
  }

  /// Reads an open file, which the caller closes, without caching it. Null if it is large, or
  /// changed while it was read.
  ///
  /// @throws UncheckedIOException if it cannot be read
  public FileContent.@Nullable InMemory read(OpenFile file) {
    return cache.holdsContent(file.length()) ? cache.load(() -> content(file, null)) : null;
  }

  /// Adds the gzip form, which takes time once for each change of the file.
  public FileRepresentations compress(String requestPath, FileRepresentations file) {
    Representation plain = file.plain();
    FileContent.InMemory content = plain.content();
    if (content == null) {
      throw new IllegalStateException("only what is in memory is compressed");
    }
    Fields common = commonFields(plain.path(), plain.metadata().mediaType(), true);
    FileRepresentations compressed =
        file.compressed(GzipEncoder.encode(plain, content.body(), common));
    cache.replace(owner, requestPath, compressed);
    return compressed;
  }

  /// A file in one form, before it is known which fields all forms have.
  private record Form(
      ContentCoding coding,
      String path,
      RepresentationMetadata.State state,
      FileContent.@Nullable InMemory content) {

    Representation representation(String mediaType, Fields common) {
      return new Representation(
          RepresentationMetadata.of(state, coding, mediaType, common), path, state.tag(), content);
    }
  }

  private List<Form> codedForms(String path, OpenFile plain) {
    List<Form> forms = new ArrayList<>(CODED.size());
    for (ContentCoding coding : CODED) {
      String codedPath = path + coding.suffix();
      if (tree.find(codedPath) instanceof FileTree.Entry.File(OpenFile file)) {
        try (file) {
          if (file.length() < plain.length() && isCurrent(file, plain)) {
            addForm(coding, codedPath, file, forms);
          }
        }
      }
    }
    return forms;
  }

  /// A form that cannot be read, or that somebody is writing, is left out: there is the plain form.
  private void addForm(ContentCoding coding, String path, OpenFile file, List<Form> forms) {
    if (!cache.holdsContent(file.length())) {
      forms.add(new Form(coding, path, state(file), null));
      return;
    }
    try {
      FileContent.InMemory content = content(file, null);
      if (content != null) {
        forms.add(new Form(coding, path, state(file), content));
      }
    } catch (UncheckedIOException unreadable) {
      // Left out.
    }
  }

  private boolean isCurrent(OpenFile coded, OpenFile plain) {
    return tree.isSnapshot()
        || !coded
            .modifiedAt()
            .truncatedTo(ChronoUnit.SECONDS)
            .isBefore(plain.modifiedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private Compression compression(String mediaType, OpenFile file, List<Form> forms) {
    boolean wanted =
        options.compresses()
            && cache.holdsContent(file.length())
            && file.length() >= GzipEncoder.BYTES_MIN
            && MediaTypes.isCompressible(mediaType)
            && forms.stream().noneMatch(form -> form.coding() == ContentCoding.GZIP);
    return wanted ? Compression.POSSIBLE : Compression.UNWANTED;
  }

  /// The file did not change, so its gzip form did not either.
  private static Compression carryOver(FileRepresentations before, List<Representation> coded) {
    return switch (before.compression()) {
      case MADE -> {
        coded.add(before.coded().getLast());
        yield Compression.MADE;
      }
      case USELESS -> Compression.USELESS;
      case UNWANTED, POSSIBLE -> Compression.POSSIBLE;
    };
  }

  private Fields commonFields(String path, String mediaType, boolean varies) {
    String cacheControl = options.cacheControl(path, mediaType);
    Fields fields = Fields.of("Cache-Control", cacheControl, "Accept-Ranges", "bytes");
    return (varies ? fields.with("Vary", "Accept-Encoding") : fields).and(options.fields());
  }

  /// Last-Modified must not be in the future (RFC 9110 §8.8.2.1). The time of this look at the file
  /// is not later than that of any message about it.
  private RepresentationMetadata.State state(OpenFile file) {
    Instant now = clock.instant();
    Instant modifiedAt = file.modifiedAt().isAfter(now) ? now : file.modifiedAt();
    Instant second = modifiedAt.truncatedTo(ChronoUnit.SECONDS);
    boolean isOver = !second.plusSeconds(1).isAfter(now);
    return new RepresentationMetadata.State(file.length(), file.tag(), modifiedAt, isOver);
  }

  @SuppressWarnings(
      "ReferenceEquality") // Content that was read again and was equal is the same object.
  private static boolean isSame(
      FileRepresentations before, OpenFile file, FileContent.@Nullable InMemory content) {
    return before.plain().tag().equals(file.tag()) && before.plain().content() == content;
  }

  /// The content of a small file, read again only if it may have changed. Null if it changed while
  /// it was read.
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

  /// All bytes of a file; null if it is not any more what it was when it was opened.
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
