package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.file.FileServingOptions;
import io.tercet.http.file.FileTree;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Files that change between two requests, or while they are read.
class ChangedFilesTest extends ServedFolder {
  @Test
  void areNoticedAfterASecond() throws IOException {
    assertThat(body(get("/letters.txt"))).isEqualTo(LETTERS);
    String before = get("/letters.txt").fields().first("etag").orElseThrow();
    write("letters.txt", "changed");
    nanos.addAndGet(1_000_000_001L);
    assertThat(body(get("/letters.txt"))).isEqualTo("changed");
    assertThat(get("/letters.txt").fields().first("etag")).isNotEqualTo(before);
  }

  /// As copies do that keep times, and builds that set them.
  @Test
  void areNoticedWhoeverPutsBackTheTimeOfModification() throws IOException {
    Path file = root.resolve("letters.txt");
    FileTime time = Files.getLastModifiedTime(file);
    String before = get("/letters.txt").fields().first("etag").orElseThrow();
    write("letters.txt", LETTERS.toUpperCase(Locale.ROOT));
    Files.setLastModifiedTime(file, time);
    nanos.addAndGet(1_000_000_001L);
    assertThat(body(get("/letters.txt"))).isEqualTo(LETTERS.toUpperCase(Locale.ROOT));
    assertThat(get("/letters.txt").fields().first("etag")).isNotEqualTo(before);
  }

  /// As on kernels whose clock of files goes in steps.
  @Test
  void areNoticedWhereTwoHaveTheSameTag() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH.plusMillis(5));
    AtomicReference<String> written = new AtomicReference<>("one");
    AtomicInteger reads = new AtomicInteger();
    FileTree tree =
        path ->
            path.equals("epoch.txt")
                ? new FileTree.Entry.File(new EpochFile(written.get(), reads))
                : new FileTree.Entry.Absent();
    files = new StaticFiles(tree, cache, () -> "line", FileServingOptions.DEFAULT, now::get);
    assertThat(body(get("/epoch.txt"))).isEqualTo("one");
    written.set("two");
    now.set(now.get().plusSeconds(1));
    nanos.addAndGet(1_000_000_001L);
    assertThat(body(get("/epoch.txt"))).isEqualTo("two");
    nanos.addAndGet(1_000_000_001L);
    assertThat(body(get("/epoch.txt"))).isEqualTo("two");
    assertThat(reads).hasValue(2);
  }

  @Test
  void haveNotHappenedInTheFuture() throws IOException {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    Path file = root.resolve("letters.txt");
    files =
        new StaticFiles(
            new PosixFileTree(root),
            cache,
            () -> "line",
            FileServingOptions.DEFAULT,
            InstantSource.fixed(now));
    Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(3600)));
    assertThat(get("/letters.txt").fields().first("last-modified"))
        .hasValue("Fri, 02 Jan 2026 03:04:05 GMT");
    Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(5)));
    nanos.addAndGet(1_000_000_001L);
    assertThat(get("/letters.txt").fields().first("last-modified"))
        .hasValue("Fri, 02 Jan 2026 03:04:00 GMT");
  }

  @Test
  void makeAnotherTagEvenWithinOneSecondAndSize() throws IOException {
    Path file = root.resolve("letters.txt");
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1000, 1000)));
    String before = get("/letters.txt").fields().first("etag").orElseThrow();
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1000, 2000)));
    nanos.addAndGet(1_000_000_001L);
    assertThat(get("/letters.txt").fields().first("etag")).isNotEqualTo(Optional.of(before));
  }

  @Test
  void neverMakeAResponseThatLies() {
    FileTree shrinking = path -> new FileTree.Entry.File(new BrokenFile(10, 5));
    StaticFiles lying = new StaticFiles(shrinking, cache, () -> "line", FileServingOptions.DEFAULT);
    Response response = lying.handle(Request.get("h", "/shrinking.png"));
    assertThat(response.status().code()).isEqualTo(503);
    assertThat(BrokenFile.opened).hasValue(BrokenFile.closed.get());
  }

  @Test
  void areLookedAtAgainIfTheyChangeWhileTheyAreRead() throws IOException {
    Iterator<OpenFile> states =
        List.<OpenFile>of(new BrokenFile(10, 5), new BrokenFile(10, 10, false)).iterator();
    FileTree real = new PosixFileTree(root);
    FileTree changing =
        path ->
            path.equals("letters.txt") && states.hasNext()
                ? new FileTree.Entry.File(states.next())
                : real.find(path);
    files = new StaticFiles(changing, cache, () -> "line", FileServingOptions.DEFAULT);
    assertThat(body(get("/letters.txt"))).isEqualTo(LETTERS);
    assertThat(states).isExhausted();
    assertThat(BrokenFile.opened).hasValue(BrokenFile.closed.get());
  }

  @Test
  void areSentPlainIfTheirCodedFormChangesOrCannotBeRead() {
    for (OpenFile broken : List.of(new BrokenFile(10, 5), new BrokenFile(10, -1))) {
      FileTree real = new PosixFileTree(root);
      FileTree half =
          path -> path.endsWith(".gz") ? new FileTree.Entry.File(broken) : real.find(path);
      files = new StaticFiles(half, cache, () -> "line", FileServingOptions.DEFAULT);
      Response response = get("/letters.txt", "Accept-Encoding", "gzip");
      assertThat(body(response)).isEqualTo(LETTERS);
      assertThat(response.fields().first("content-encoding")).isEmpty();
    }
    assertThat(BrokenFile.opened).hasValue(BrokenFile.closed.get());
  }

  @Test
  void areAnErrorIfTheyCannotBeRead() {
    FileTree broken = path -> new FileTree.Entry.File(new BrokenFile(10, -1));
    StaticFiles failing = new StaticFiles(broken, cache, () -> "line", FileServingOptions.DEFAULT);
    assertThatThrownBy(() -> failing.handle(Request.get("h", "/broken.png")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(BrokenFile.opened).hasValue(BrokenFile.closed.get());
  }

  @Test
  void aFileThatIsAnotherEachTimeIsSentAsItWasWhenItWasLookedAt() {
    FileTree restless =
        path ->
            path.equals("restless.png")
                ? new FileTree.Entry.File(new RestlessFile(2_000_000))
                : new FileTree.Entry.Absent();
    StaticFiles files = new StaticFiles(restless, cache, () -> "line", FileServingOptions.DEFAULT);
    for (int i = 0; i < 3; i++) {
      Response response = files.handle(Request.get("h", "/restless.png"));
      assertThat(response.status().code()).isEqualTo(200);
      assertThat(response.body().length()).isEqualTo(2_000_000);
      String last = "\"restless-" + RestlessFile.opened.get() + '"';
      assertThat(response.fields().first("etag")).hasValue(last);
      response.body().release();
    }
    assertThat(RestlessFile.opened).hasValue(RestlessFile.closed.get());
  }

  @Test
  void aCodedFormThatIsAnotherEachTimeIsNotDescribed() {
    FileTree restless =
        path ->
            switch (path) {
              case "restless.png" -> new FileTree.Entry.File(new RestlessFile(2_000_000));
              case "restless.png.gz" -> new FileTree.Entry.File(new RestlessFile(1_000_000));
              default -> new FileTree.Entry.Absent();
            };
    StaticFiles confused =
        new StaticFiles(restless, cache, () -> "line", FileServingOptions.DEFAULT);
    Response response =
        confused.handle(Request.get("h", "/restless.png", "Accept-Encoding", "gzip"));
    assertThat(response.status().code()).isEqualTo(503);
    assertThat(RestlessFile.opened).hasValue(RestlessFile.closed.get());
  }

  @Test
  void keepMemoryWithinItsBound() throws IOException {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      write("f" + i + ".txt", "x".repeat(900));
      bodies.add(body(get("/f" + i + ".txt")));
    }
    assertThat(bodies).allMatch(body -> body.length() == 900);
    assertThat(cache.bytes()).isBetween(900L, 2000L);
  }

  /// A file that has another number of bytes than it says, or none that can be read.
  private static final class BrokenFile implements OpenFile {
    static final AtomicLong opened = new AtomicLong();
    static final AtomicLong closed = new AtomicLong();
    private final int length;
    private final int there;
    private final boolean unchanged;

    BrokenFile(int length, int there) {
      this(length, there, true);
    }

    BrokenFile(int length, int there, boolean unchanged) {
      this.length = length;
      this.there = there;
      this.unchanged = unchanged;
      opened.incrementAndGet();
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public Instant modifiedAt() {
      return Instant.now();
    }

    @Override
    public String tag() {
      return "broken";
    }

    @Override
    public boolean isUnchanged() {
      return unchanged;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      if (there < 0) {
        throw new IOException("the disk is broken");
      }
      return (int) Math.max(0, there - position);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  /// A file that changed at the epoch, to whatever.
  private record EpochFile(String content, AtomicInteger reads) implements OpenFile {
    @Override
    public long length() {
      return content.length();
    }

    @Override
    public Instant modifiedAt() {
      return Instant.EPOCH;
    }

    @Override
    public String tag() {
      return "epoch";
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      reads.incrementAndGet();
      System.arraycopy(content.getBytes(UTF_8), (int) position, into, offset, length);
      return length;
    }

    @Override
    public void close() {}
  }

  /// A large file that is another one each time that it is opened.
  private static final class RestlessFile implements OpenFile {
    static final AtomicLong opened = new AtomicLong();
    static final AtomicLong closed = new AtomicLong();
    private final long number = opened.incrementAndGet();
    private final long length;

    RestlessFile(long length) {
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public Instant modifiedAt() {
      return Instant.EPOCH;
    }

    @Override
    public String tag() {
      return "restless-" + number;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      throw new AssertionError("nobody reads it");
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
