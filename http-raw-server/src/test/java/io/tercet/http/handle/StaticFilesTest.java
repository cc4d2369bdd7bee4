package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.message.Body;
import io.tercet.http.message.Headers;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Version;
import io.tercet.http.posix.PosixFileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files over real folders, without a wire.
class StaticFilesTest {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  @TempDir Path folder;
  private Path root;
  private final AtomicLong nanos = new AtomicLong();
  private ContentCache cache;
  private StaticFiles files;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    write("index.html", "home");
    write("letters.txt", LETTERS);
    write("docs/index.html", "docs");
    write("assets/index-BxY3k9Zq.js", "hashed");
    write("assets/logo.svg", "<svg/>");
    Files.writeString(folder.resolve("outside.txt"), "outside");
    ContentCache.Settings small = new ContentCache.Settings(1000, 2000, 1_000_000_000L);
    cache = new ContentCache(small, nanos::get);
    files = new StaticFiles(new PosixFileTree(root), cache, () -> "line", FileRules.DEFAULT);
  }

  @Nested
  class Paths {
    @Test
    void servesTheIndexOfAFolder() {
      assertThat(body(get("/"))).isEqualTo("home");
      assertThat(body(get("/docs/"))).isEqualTo("docs");
    }

    @Test
    void redirectsToTheSlashOfAFolder() {
      Request request = new Request("GET", "/docs", "a=b", "h", Version.HTTP_1_1, Headers.none());
      Response response = files.handle(request);
      assertThat(response.status().code()).isEqualTo(301);
      assertThat(response.fields().first("location")).hasValue("/docs/?a=b");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/../outside.txt",
          "/docs/../../outside.txt",
          "/%2e%2e/outside.txt",
          "/..%2foutside.txt",
          "/%2e%2e%2foutside.txt",
          "/./letters.txt",
          "/letters.txt%00.html",
          "//letters.txt",
          "/docs//index.html",
          "/%",
          "/%2",
          "/%zz",
          "/%ff",
          "/a%0ab"
        })
    void refusesAPathThatLooksForAWayOut(String path) {
      Response response = get(path);
      assertThat(response.status().code()).isEqualTo(400);
      assertThat(body(response)).contains("urn:tercet:problem:invalid-path");
    }

    @ParameterizedTest
    @CsvSource({
      "/%zz, a percent sign wants two hexadecimal digits behind it (RFC 3986 §2.1)",
      "/a%, a percent sign wants two hexadecimal digits behind it (RFC 3986 §2.1)",
      "/a%2fb, a coded slash is no part of a name (RFC 3986 §2.2)",
      "/%ff, the names of a path are UTF-8 (RFC 3986 §2.5)",
      "/a%00.txt, 'a path has no control characters, and no NUL (RFC 3986 §7.3)'",
      "//a.txt, a path has names between single slashes (RFC 3986 §3.3)",
      "/a/../b, a client resolves . and .. before it sends a path (RFC 3986 §5.2.4)"
    })
    void saysWhatIsWrongWithAPathAndWhereThatIsWritten(String path, String detail) {
      assertThat(body(get(path))).contains("\"detail\":\"" + detail + "\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/nothing.txt",
          "/letters.txt/",
          "/letters.txt/x",
          "/%252e%252e/outside.txt",
          "/..../x.txt",
          "/a\\b.txt"
        })
    void findsNothing(String path) {
      assertThat(get(path).status().code()).isEqualTo(404);
    }

    @Test
    void decodesOnce() throws IOException {
      write("a b%20c.txt", "odd");
      write("caf\u00e9 \ud83d\ude00.txt", "smile");
      assertThat(body(get("/a%20b%2520c.txt"))).isEqualTo("odd");
      assertThat(body(get("/caf%C3%A9%20%F0%9F%98%80.txt"))).isEqualTo("smile");
    }

    @Test
    void findsNothingUnderANameOf300Characters() {
      assertThat(get("/" + "n".repeat(300) + ".txt").status().code()).isEqualTo(404);
    }

    @Test
    void doesNotFollowALinkOutOfTheRoot() throws IOException {
      Files.createSymbolicLink(root.resolve("link.txt"), folder.resolve("outside.txt"));
      Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
      assertThat(get("/link.txt").status().code()).isEqualTo(404);
      assertThat(get("/up/outside.txt").status().code()).isEqualTo(404);
    }

    @Test
    void followsALinkThatStaysInside() throws IOException {
      Files.createSymbolicLink(root.resolve("docs/l.txt"), Path.of("../letters.txt"));
      assertThat(body(get("/docs/l.txt"))).isEqualTo(LETTERS);
    }

    @Test
    void hidesNamesThatBeginWithADot() throws IOException {
      write(".git/config", "x");
      write(".well-known/security.txt", "Contact: us");
      assertThat(get("/.git/config").status().code()).isEqualTo(404);
      assertThat(body(get("/.well-known/security.txt"))).isEqualTo("Contact: us");
    }

    @Test
    void waitsForNoNamedPipe() throws Exception {
      Path pipe = root.resolve("pipe.txt");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      assertThat(get("/pipe.txt").status().code()).isEqualTo(404);
    }
  }

  @Nested
  class Fallback {
    @Test
    void givesAPageItsRouteItself() {
      assertThat(body(get("/rooms/42", "Accept", "text/html,*/*"))).isEqualTo("home");
      assertThat(body(get("/rooms/42", "Accept", "TEXT/HTML"))).isEqualTo("home");
    }

    @Test
    void givesNothingToAProgramOrForAFile() {
      assertThat(get("/rooms/42", "Accept", "application/json").status().code()).isEqualTo(404);
      assertThat(get("/rooms/42").status().code()).isEqualTo(404);
      assertThat(get("/rooms/42", "Accept", "text/html;q=0, */*").status().code()).isEqualTo(404);
      assertThat(get("/rooms/42", "Accept", "text/htmlx").status().code()).isEqualTo(404);
      assertThat(get("/gone.js", "Accept", "text/html").status().code()).isEqualTo(404);
    }

    @Test
    void tellsCachesThatItIsNotForEverybody() throws IOException {
      String[] navigation = {"Accept", "text/html"};
      assertThat(get("/rooms/42", navigation).fields().first("vary")).hasValue("Accept");
      String tag = get("/").fields().first("etag").orElseThrow();
      Response known = get("/rooms/42", "Accept", "text/html", "If-None-Match", tag);
      assertThat(known.status().code()).isEqualTo(304);
      assertThat(known.fields().first("vary")).hasValue("Accept");
      assertThat(get("/").fields().first("vary")).isEmpty();
      assertThat(get("/rooms/42").fields().first("vary")).hasValue("Accept");
      assertThat(get("/gone.html", navigation).fields().first("vary")).hasValue("Accept");
      write("404.html", "gone");
      assertThat(get("/other.html", navigation).fields().first("vary")).hasValue("Accept");
      write("index.html", "long enough to be compressed ".repeat(33));
      write("index.html.gz", "short");
      nanos.addAndGet(1_000_000_001L);
      assertThat(get("/rooms/42", navigation).fields().toString())
          .contains("Vary: Accept-Encoding, Accept\r\n")
          .containsOnlyOnce("Vary: ");
    }

    @Test
    void showsAPageWhereThereIsNothing() {
      Response response = get("/gone.html", "Accept", "text/html");
      assertThat(response.fields().first("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(body(response)).contains("There is nothing here");
    }
  }

  @Nested
  class Fields {
    @Test
    void sayWhatItIs() {
      assertThat(get("/").fields().first("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(get("/assets/logo.svg").fields().first("content-type")).hasValue("image/svg+xml");
      assertThat(get("/letters.txt").fields().first("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void sayHowLongItMayBeKept() {
      assertThat(get("/assets/index-BxY3k9Zq.js").fields().first("cache-control"))
          .hasValue("public, max-age=31536000, immutable");
      assertThat(get("/assets/logo.svg").fields().first("cache-control")).hasValue("no-cache");
      assertThat(get("/").fields().first("cache-control")).hasValue("no-cache");
    }

    @Test
    void ofARefusalComeWithTheSectionThatItFollows() {
      Request post = new Request("POST", "/", "", "h", Version.HTTP_1_1, Headers.none());
      assertThat(body(files.handle(post))).contains(" (RFC 9110 §15.5.6)\"");
      assertThat(body(get("/letters.txt", "Accept-Encoding", "*;q=0")))
          .contains(" (RFC 9110 §12.5.3)\"");
      assertThat(body(get("/letters.txt", "If-Match", "\"x\""))).contains(" (RFC 9110 §13.1)\"");
      assertThat(body(get("/letters.txt", "Range", "bytes=26-")))
          .contains(" (RFC 9110 §15.5.17)\"");
    }

    @Test
    void refuseOtherMethodsAndNameTheirs() {
      Request post = new Request("POST", "/", "", "h", Version.HTTP_1_1, Headers.none());
      Response response = files.handle(post);
      assertThat(response.status().code()).isEqualTo(405);
      assertThat(response.fields().first("allow")).hasValue("GET, HEAD, OPTIONS");
      Request options = new Request("OPTIONS", "*", "", "h", Version.HTTP_1_1, Headers.none());
      assertThat(files.handle(options).status().code()).isEqualTo(204);
    }
  }

  @Nested
  class RangesOfAFile {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "bytes=0-2|abc|bytes 0-2/26",
          "bytes=23-|xyz|bytes 23-25/26",
          "bytes=-2|yz|bytes 24-25/26",
          "bytes=-100|abcdefghijklmnopqrstuvwxyz|bytes 0-25/26",
          "bytes=20-100|uvwxyz|bytes 20-25/26",
          "BYTES=1-1|b|bytes 1-1/26",
          "bytes=0-1,|ab|bytes 0-1/26",
          "bytes=,\t, 0-1|ab|bytes 0-1/26",
          "bytes=0-0,30-40|a|bytes 0-0/26"
        })
    void areSent(String range, String text, String contentRange) {
      Response response = get("/letters.txt", "Range", range);
      assertThat(response.status().code()).isEqualTo(206);
      assertThat(body(response)).isEqualTo(text);
      assertThat(response.fields().first("content-range")).hasValue(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=26-", "bytes=100-200", "bytes=-0"})
    void areRefusedPastTheEnd(String range) {
      Response response = get("/letters.txt", "Range", range);
      assertThat(response.status().code()).isEqualTo(416);
      assertThat(response.fields().first("content-range")).hasValue("bytes */26");
      assertThat(body(response)).contains("invalid-range");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "lines=0-2",
          "bytes=",
          "bytes=, ,",
          "bytes=2-1",
          "bytes=a-b",
          "bytes=--1",
          "bytes=0-99999999999999999999",
          "bytes=0-25,0-25",
          "bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0"
        })
    void areIgnoredWhenTheyMakeNoSense(String range) {
      Response response = get("/letters.txt", "Range", range);
      assertThat(response.status().code()).isEqualTo(200);
      assertThat(body(response)).isEqualTo(LETTERS);
    }

    @Test
    void ofAnEmptyFileAreAllOfItFromTheEndAndNothingFromTheStart() throws IOException {
      write("empty.txt", "");
      assertThat(get("/empty.txt", "Range", "bytes=-5").status().code()).isEqualTo(200);
      assertThat(get("/empty.txt", "Range", "bytes=0-,-5").status().code()).isEqualTo(200);
      assertThat(get("/empty.txt", "Range", "bytes=-0").status().code()).isEqualTo(416);
      assertThat(get("/empty.txt", "Range", "bytes=0-").status().code()).isEqualTo(416);
    }

    @Test
    void areNothingToAHead() {
      Headers headers = Headers.of("Host", "h", "Range", "bytes=0-2");
      Request head = new Request("HEAD", "/letters.txt", "", "h", Version.HTTP_1_1, headers);
      Response response = files.handle(head);
      assertThat(response.status().code()).isEqualTo(200);
      assertThat(response.body().length()).isEqualTo(26);
    }

    @Test
    void areSentTogether() {
      Response response = get("/letters.txt", "Range", "bytes=0-1,, -1");
      assertThat(response.fields().first("content-type"))
          .hasValue("multipart/byteranges; boundary=line");
      assertThat(body(response))
          .isEqualTo(
              "\r\n--line\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  + "Content-Range: bytes 0-1/26\r\n\r\nab"
                  + "\r\n--line\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  + "Content-Range: bytes 25-25/26\r\n\r\nz\r\n--line--\r\n");
    }

    @Test
    void areCutFromALargeFileToo() throws IOException {
      write("large.txt", LETTERS.repeat(100));
      Response response = get("/large.txt", "Range", "bytes=2598-, 0-1");
      assertThat(response.body()).isInstanceOf(Body.OfFile.class);
      assertThat(body(response))
          .contains("\r\n\r\nyz\r\n--line")
          .contains("\r\n\r\nab\r\n--line--");
      response.body().release();
    }

    @Test
    void dependOnIfRange() {
      String tag = get("/letters.txt").fields().first("etag").orElseThrow();
      String date = get("/letters.txt").fields().first("last-modified").orElseThrow();
      for (String current : List.of(tag, date)) {
        assertThat(get("/letters.txt", "Range", "bytes=0-2", "If-Range", current).status().code())
            .isEqualTo(206);
      }
      for (String other : List.of("\"x\"", "W/" + tag, "Sun, 06 Nov 1994 08:49:37 GMT", "junk")) {
        assertThat(get("/letters.txt", "Range", "bytes=0-2", "If-Range", other).status().code())
            .isEqualTo(200);
      }
    }
  }

  @Nested
  class ARequestOfASingleField {
    @Test
    void isAnsweredByWhatThatFieldSays() {
      assertThat(getWith("Range", "bytes=0-2").status().code()).isEqualTo(206);
      String tag = getWith("Host", "h").fields().first("etag").orElseThrow();
      assertThat(getWith("If-None-Match", tag).status().code()).isEqualTo(304);
      assertThat(getWith("If-Match", "\"x\"").status().code()).isEqualTo(412);
      assertThat(getWith("Accept-Encoding", "identity;q=0").status().code()).isEqualTo(406);
    }

    private Response getWith(String name, String value) {
      Headers headers = Headers.of(name, value);
      return files.handle(new Request("GET", "/letters.txt", "", "", Version.HTTP_1_0, headers));
    }
  }

  @Nested
  class ConditionsOfARequest {
    @Test
    void spareWhatTheClientHas() {
      String tag = get("/letters.txt").fields().first("etag").orElseThrow();
      String date = get("/letters.txt").fields().first("last-modified").orElseThrow();
      for (String list : List.of(tag, "\"a\", " + tag, "W/" + tag, "*")) {
        Response response = get("/letters.txt", "Accept", "*/*", "If-None-Match", list);
        assertThat(response.status().code()).as(list).isEqualTo(304);
        assertThat(response.fields().first("etag")).hasValue(tag);
        assertThat(response.body().length()).isZero();
      }
      assertThat(get("/letters.txt", "A", "b", "If-Modified-Since", date).status().code())
          .isEqualTo(304);
    }

    @Test
    void sendWhatHasChanged() {
      String old = "Sun, 06 Nov 1994 08:49:37 GMT";
      assertThat(get("/letters.txt", "A", "b", "If-None-Match", "\"x\"").status().code())
          .isEqualTo(200);
      assertThat(get("/letters.txt", "A", "b", "If-Modified-Since", old).status().code())
          .isEqualTo(200);
      assertThat(get("/letters.txt", "A", "b", "If-Modified-Since", "junk").status().code())
          .isEqualTo(200);
    }

    @Test
    void areIgnoredIfTheyNameTwoDates() {
      String date = get("/letters.txt").fields().first("last-modified").orElseThrow();
      String old = "Sun, 06 Nov 1994 08:49:37 GMT";
      for (String other : List.of(date, old)) {
        String since = "If-Modified-Since";
        assertThat(get("/letters.txt", since, date, since, other).status().code()).isEqualTo(200);
        String unmodified = "If-Unmodified-Since";
        assertThat(get("/letters.txt", unmodified, old, unmodified, other).status().code())
            .isEqualTo(200);
      }
    }

    @Test
    void readDatesAsTheyOnceWere() throws IOException {
      Files.setLastModifiedTime(
          root.resolve("letters.txt"), FileTime.from(Instant.parse("1994-11-06T08:49:37Z")));
      for (String date : List.of("Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994")) {
        assertThat(get("/letters.txt", "If-Modified-Since", date).status().code()).isEqualTo(304);
      }
    }

    @Test
    void failWhenItIsNotWhatTheClientKnows() {
      String tag = get("/letters.txt").fields().first("etag").orElseThrow();
      String old = "Sun, 06 Nov 1994 08:49:37 GMT";
      assertThat(get("/letters.txt", "A", "b", "If-Match", "\"x\"").status().code()).isEqualTo(412);
      assertThat(get("/letters.txt", "A", "b", "If-Match", "W/" + tag).status().code())
          .isEqualTo(412);
      assertThat(get("/letters.txt", "A", "b", "If-Match", tag).status().code()).isEqualTo(200);
      assertThat(get("/letters.txt", "A", "b", "If-Unmodified-Since", old).status().code())
          .isEqualTo(412);
    }
  }

  @Nested
  class Changes {
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

    @Test
    void haveNotHappenedInTheFuture() throws IOException {
      Instant now = Instant.parse("2026-01-02T03:04:05Z");
      Path file = root.resolve("letters.txt");
      files =
          new StaticFiles(
              new PosixFileTree(root),
              cache,
              () -> "line",
              FileRules.DEFAULT,
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
      FileTree shrinking = path -> new FileTree.Entry.File(new ShrinkingFile());
      StaticFiles lying = new StaticFiles(shrinking, cache, () -> "line", FileRules.DEFAULT);
      assertThatThrownBy(() -> lying.handle(Request.get("h", "/shrinking.png")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("shorter");
      assertThat(ShrinkingFile.closed).isTrue();
    }

    @Test
    void aFileThatIsAnotherEachTimeIsNotDescribed() {
      FileTree restless =
          path ->
              path.endsWith("z") || path.endsWith("t") || path.endsWith("r")
                  ? new FileTree.Entry.Absent()
                  : new FileTree.Entry.File(new RestlessFile());
      StaticFiles confused = new StaticFiles(restless, cache, () -> "line", FileRules.DEFAULT);
      Response response = confused.handle(Request.get("h", "/restless.png"));
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
  }

  /// Says 10 bytes and has 5.
  private static final class ShrinkingFile implements OpenFile {
    static boolean closed;

    @Override
    public long length() {
      return 10;
    }

    @Override
    public Instant modifiedAt() {
      return Instant.EPOCH;
    }

    @Override
    public String tag() {
      return "shrinking";
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      return (int) Math.max(0, 5 - position);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /// A large file that is another one each time that it is opened.
  private static final class RestlessFile implements OpenFile {
    static final AtomicLong opened = new AtomicLong();
    static final AtomicLong closed = new AtomicLong();
    private final long number = opened.incrementAndGet();

    @Override
    public long length() {
      return 1_000_000;
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

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Response get(String path, String... namesAndValues) {
    List<String> headers = new ArrayList<>(List.of("Host", "h"));
    headers.addAll(List.of(namesAndValues));
    return files.handle(Request.get("h", path, headers.toArray(String[]::new)));
  }

  private static String body(Response response) {
    return switch (response.body()) {
      case Body.Bytes(byte[] bytes, _) -> new String(bytes, UTF_8);
      case Body.OfFile(var file, var pieces) -> {
        StringBuilder text = new StringBuilder();
        for (Body.Piece piece : pieces) {
          switch (piece) {
            case Body.Text(byte[] bytes) -> text.append(new String(bytes, UTF_8));
            case Body.Region(long position, long length) -> {
              byte[] bytes = new byte[(int) length];
              try {
                file.read(position, bytes, 0, bytes.length);
              } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
              }
              text.append(new String(bytes, UTF_8));
            }
          }
        }
        yield text.toString();
      }
    };
  }
}
