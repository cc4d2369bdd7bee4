package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files in the forms that clients accept: from beside them, and made here.
class CodedFilesTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final String TEXT = "All work and no play makes a dull server. ".repeat(100);
  private static final String LARGE = TEXT.repeat(10);

  @TempDir Path root;
  private final AtomicLong nanos = new AtomicLong();
  private CountingTree tree;
  private StaticFiles files;

  @BeforeEach
  void fill() throws IOException {
    write("page.html", "plain ".repeat(10));
    write("page.html.br", "brotli----");
    write("page.html.zst", "zstandard");
    write("page.html.gz", "gzip");
    write("text.txt", TEXT);
    write("large.txt", LARGE);
    write("large.txt.gz", "x".repeat(20_000));
    serve(FileServingOptions.DEFAULT);
  }

  @Nested
  class BesideTheFile {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "br|br|brotli----",
          "zstd|zstd|zstandard",
          "gzip|gzip|gzip",
          "gzip, deflate, br, zstd|gzip|gzip",
          "br, zstd|zstd|zstandard",
          "gzip;q=0.5, br|br|brotli----",
          "gzip;q=0, *|zstd|zstandard",
          "identity;q=0, br;q=0.1|br|brotli----"
        })
    void theLikedOneIsSentAndOfEqualsTheShortest(String accepts, String coding, String bytes) {
      Response response = get("/page.html", "Accept-Encoding", accepts);
      assertThat(response.status().code()).isEqualTo(200);
      assertThat(response.fields().first("content-encoding")).hasValue(coding);
      assertThat(response.fields().first("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(response.fields().first("vary")).hasValue("Accept-Encoding");
      assertThat(body(response)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "deflate", "gzip;q=0", "identity, gzip;q=0.5"})
    void noneIsSentUnlessItIsLiked(String accepts) {
      Response response = get("/page.html", "Accept-Encoding", accepts);
      assertThat(response.fields().first("content-encoding")).isEmpty();
      assertThat(response.fields().first("vary")).hasValue("Accept-Encoding");
      assertThat(body(response)).startsWith("plain");
    }

    @Test
    void varyIsSaidToThoseWhoDoNotAskToo() {
      assertThat(get("/page.html").fields().first("vary")).hasValue("Accept-Encoding");
      assertThat(get("/large.txt").fields().first("vary")).hasValue("Accept-Encoding");
    }

    @Test
    void nothingVariesWhereThereIsOneForm() throws IOException {
      write("pixel.png", "x".repeat(2000));
      Response response = get("/pixel.png", "Accept-Encoding", "gzip, br");
      assertThat(response.fields().first("vary")).isEmpty();
      assertThat(response.fields().first("content-encoding")).isEmpty();
    }

    @Test
    void whoRefusesEverythingIsToldSo() {
      Response response = get("/page.html", "Accept-Encoding", "identity;q=0, deflate");
      assertThat(response.status().code()).isEqualTo(406);
      assertThat(response.fields().first("vary")).hasValue("Accept-Encoding");
      assertThat(body(response)).contains("not-acceptable");
    }

    @Test
    void eachHasATagOfItsOwn() {
      List<String> tags = new ArrayList<>();
      for (String coding : List.of("identity", "br", "zstd", "gzip")) {
        tags.add(get("/page.html", "Accept-Encoding", coding).fields().first("etag").orElseThrow());
      }
      assertThat(tags).doesNotHaveDuplicates().allMatch(tag -> tag.startsWith("\""));
    }

    @Test
    void conditionsAreAboutTheChosenForm() {
      String gzip =
          get("/page.html", "Accept-Encoding", "gzip").fields().first("etag").orElseThrow();
      String plain = get("/page.html").fields().first("etag").orElseThrow();
      Response same = get("/page.html", "Accept-Encoding", "gzip", "If-None-Match", gzip);
      assertThat(same.status().code()).isEqualTo(304);
      assertThat(same.fields().first("vary")).hasValue("Accept-Encoding");
      assertThat(same.fields().first("etag")).hasValue(gzip);
      assertThat(same.fields().first("content-encoding")).isEmpty();
      assertThat(status("/page.html", "Accept-Encoding", "gzip", "If-None-Match", plain))
          .isEqualTo(200);
      assertThat(status("/page.html", "Accept-Encoding", "br", "If-Match", gzip)).isEqualTo(412);
    }

    @Test
    void rangesAreOfTheChosenForm() {
      String tag = get("/page.html", "Accept-Encoding", "br").fields().first("etag").orElseThrow();
      Response part =
          get("/page.html", "Accept-Encoding", "br", "Range", "bytes=0-2", "If-Range", tag);
      assertThat(part.status().code()).isEqualTo(206);
      assertThat(part.fields().first("content-range")).hasValue("bytes 0-2/10");
      assertThat(part.fields().first("content-encoding")).hasValue("br");
      assertThat(body(part)).isEqualTo("bro");
      assertThat(
              status(
                  "/page.html", "Accept-Encoding", "gzip", "Range", "bytes=0-2", "If-Range", tag))
          .isEqualTo(200);
      assertThat(status("/page.html", "Accept-Encoding", "gzip", "Range", "bytes=4-"))
          .isEqualTo(416);
    }

    @Test
    void severalRangesOfACodedFormAreTheWhole() {
      Response response = get("/page.html", "Accept-Encoding", "br", "Range", "bytes=0-0,2-2");
      assertThat(response.status().code()).isEqualTo(200);
      assertThat(body(response)).isEqualTo("brotli----");
      assertThat(status("/page.html", "Range", "bytes=0-0,2-2")).isEqualTo(206);
    }

    @Test
    void oneThatIsOlderThanTheFileIsNotSent() throws IOException {
      Files.setLastModifiedTime(root.resolve("page.html.gz"), FileTime.from(THEN.minusSeconds(1)));
      Files.setLastModifiedTime(root.resolve("page.html.br"), FileTime.from(THEN.plusSeconds(60)));
      Response response = get("/page.html", "Accept-Encoding", "gzip, br");
      assertThat(response.fields().first("content-encoding")).hasValue("br");
      assertThat(get("/page.html", "Accept-Encoding", "gzip").fields().first("content-encoding"))
          .isEmpty();
    }

    @Test
    void oneThatIsNoShorterIsNotSent() throws IOException {
      write("page.html.gz", "x".repeat(60));
      assertThat(get("/page.html", "Accept-Encoding", "gzip").fields().first("content-encoding"))
          .isEmpty();
    }

    @Test
    void oneThatLeadsOutOfTheRootIsNotSent(@TempDir Path elsewhere) throws IOException {
      Files.writeString(elsewhere.resolve("secret"), "secret");
      Files.delete(root.resolve("page.html.gz"));
      Files.createSymbolicLink(root.resolve("page.html.gz"), elsewhere.resolve("secret"));
      assertThat(get("/page.html", "Accept-Encoding", "gzip").fields().first("content-encoding"))
          .isEmpty();
    }

    @Test
    void indexesAndFallbacksHaveThemToo() throws IOException {
      write("index.html", "the index of all");
      write("index.html.br", "short");
      assertThat(body(get("/", "Accept-Encoding", "br"))).isEqualTo("short");
      assertThat(body(get("/route", "Accept", "text/html", "Accept-Encoding", "br")))
          .isEqualTo("short");
    }

    @Test
    void aLargeFileIsSentFromDiskInTheChosenForm() {
      Response response = get("/large.txt", "Accept-Encoding", "gzip");
      assertThat(response.fields().first("content-encoding")).hasValue("gzip");
      assertThat(response.body()).isInstanceOf(Body.OfFile.class);
      assertThat(response.body().length()).isEqualTo(20_000);
      response.body().release();
    }

    @Test
    void areAskedForByTheirOwnNamesAsWell() {
      Response response = get("/page.html.gz", "Accept-Encoding", "gzip");
      assertThat(response.fields().first("content-encoding")).isEmpty();
      assertThat(response.fields().first("content-type")).hasValue("application/gzip");
    }
  }

  @Nested
  class MadeHere {
    @Test
    void textIsCompressedOnceAndKept() throws IOException {
      Response first = get("/text.txt", "Accept-Encoding", "gzip");
      assertThat(first.fields().first("content-encoding")).hasValue("gzip");
      assertThat(first.fields().first("vary")).hasValue("Accept-Encoding");
      assertThat(unzipped(first)).isEqualTo(TEXT);
      assertThat(first.body().length()).isLessThan(TEXT.length() / 10);
      Response second = get("/text.txt", "Accept-Encoding", "gzip");
      assertThat(second.body()).isSameAs(first.body());
      nanos.addAndGet(1_000_000_001L);
      assertThat(get("/text.txt", "Accept-Encoding", "gzip").body()).isSameAs(first.body());
    }

    @Test
    void itHasATagOfItsOwnThatIsTheSameEachTime() throws IOException {
      String tag = get("/text.txt", "Accept-Encoding", "gzip").fields().first("etag").orElseThrow();
      assertThat(get("/text.txt").fields().first("etag")).isNotEmpty().isNotEqualTo(tag);
      serve(FileServingOptions.DEFAULT);
      assertThat(get("/text.txt", "Accept-Encoding", "gzip").fields().first("etag")).hasValue(tag);
      assertThat(status("/text.txt", "Accept-Encoding", "gzip", "If-None-Match", tag))
          .isEqualTo(304);
    }

    @Test
    void rangesOfItFitTogether() throws IOException {
      Response whole = get("/text.txt", "Accept-Encoding", "gzip");
      byte[] bytes = ((Body.Bytes) whole.body()).bytes();
      byte[] joined = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        Response part =
            get("/text.txt", "Accept-Encoding", "gzip", "Range", "bytes=" + i + "-" + i);
        joined[i] = ((Body.Bytes) part.body()).bytes()[0];
      }
      assertThat(joined).isEqualTo(bytes);
    }

    @Test
    void aChangedFileIsCompressedAgain() throws IOException {
      get("/text.txt", "Accept-Encoding", "gzip");
      write("text.txt", TEXT.replace("dull", "keen"));
      Files.setLastModifiedTime(root.resolve("text.txt"), FileTime.from(THEN.plusSeconds(1)));
      nanos.addAndGet(1_000_000_001L);
      assertThat(unzipped(get("/text.txt", "Accept-Encoding", "gzip"))).contains("keen");
    }

    @Test
    void itIsNotMadeForWhoDoesNotWantIt() {
      assertThat(body(get("/text.txt"))).isEqualTo(TEXT);
      assertThat(body(get("/text.txt", "Accept-Encoding", "br"))).isEqualTo(TEXT);
      assertThat(get("/text.txt").fields().first("vary")).hasValue("Accept-Encoding");
    }

    @Test
    void aFormBesideTheFileIsPreferredUnlessGzipIsLikedBetter() throws IOException {
      write("text.txt.br", "br");
      assertThat(body(get("/text.txt", "Accept-Encoding", "br, gzip"))).isEqualTo("br");
      assertThat(unzipped(get("/text.txt", "Accept-Encoding", "br;q=0.5, gzip"))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"small.txt, 1023, a", "photo.png, 2000, a", "long.txt, 40000, a"})
    void whatIsSmallOrLargeOrNoTextStaysAsItIs(String name, int length, String letter)
        throws IOException {
      write(name, letter.repeat(length));
      Response response = get("/" + name, "Accept-Encoding", "gzip");
      assertThat(response.fields().first("content-encoding")).isEmpty();
      assertThat(response.fields().first("vary")).isEmpty();
      response.body().release();
    }

    @Test
    void whatGetsNoShorterStaysAsItIs() throws IOException {
      byte[] noise = new byte[2000];
      new Random(4711).nextBytes(noise);
      Files.write(root.resolve("noise.txt"), noise);
      Files.setLastModifiedTime(root.resolve("noise.txt"), FileTime.from(THEN));
      for (int i = 0; i < 3; i++) {
        Response response = get("/noise.txt", "Accept-Encoding", "gzip");
        assertThat(response.fields().first("content-encoding")).isEmpty();
        assertThat(((Body.Bytes) response.body()).bytes()).isEqualTo(noise);
        nanos.addAndGet(1_000_000_001L);
      }
    }

    @Test
    void itCanBeSwitchedOff() {
      serve(new FileServingOptions(true, false, false, 1, List.of(), Fields.NONE));
      Response response = get("/text.txt", "Accept-Encoding", "gzip");
      assertThat(response.fields().first("content-encoding")).isEmpty();
      assertThat(response.fields().first("vary")).isEmpty();
      assertThat(body(get("/page.html", "Accept-Encoding", "gzip"))).isEqualTo("gzip");
    }
  }

  @Nested
  class LookingForThem {
    @Test
    void costsNothingForASmallFileThatIsKept() {
      get("/page.html", "Accept-Encoding", "gzip");
      get("/text.txt", "Accept-Encoding", "gzip");
      tree.asked.clear();
      for (String accepts : List.of("gzip", "br", "identity", "gzip;q=0.1, *")) {
        get("/page.html", "Accept-Encoding", accepts);
        get("/text.txt", "Accept-Encoding", accepts);
      }
      assertThat(tree.asked).isEmpty();
    }

    @Test
    void costsOneLookForALargeFileThatIsKnown() {
      get("/large.txt").body().release();
      tree.asked.clear();
      get("/large.txt").body().release();
      assertThat(tree.asked).containsExactly("large.txt");
    }

    @Test
    void isDoneAgainAfterASecond() throws IOException {
      get("/text.txt", "Accept-Encoding", "br");
      write("text.txt.br", "br");
      nanos.addAndGet(1_000_000_001L);
      assertThat(body(get("/text.txt", "Accept-Encoding", "br"))).isEqualTo("br");
      Files.delete(root.resolve("text.txt.br"));
      nanos.addAndGet(1_000_000_001L);
      assertThat(body(get("/text.txt", "Accept-Encoding", "br"))).isEqualTo(TEXT);
    }

    @Test
    void noticesALargeFileThatChangedAtOnce() throws IOException {
      get("/large.txt").body().release();
      write("large.txt", "y".repeat(40_000));
      Response changed = get("/large.txt");
      assertThat(changed.body().length()).isEqualTo(40_000);
      changed.body().release();
      Files.delete(root.resolve("large.txt"));
      assertThat(status("/large.txt")).isEqualTo(404);
    }
  }

  private void serve(FileServingOptions rules) {
    ContentCache.Settings small = new ContentCache.Settings(16_000, 1 << 20, 1_000_000_000L);
    tree = new CountingTree(new PosixFileTree(root));
    files = new StaticFiles(tree, new ContentCache(small, nanos::get), () -> "line", rules);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }

  private Response get(String path, String... namesAndValues) {
    List<String> headers = new ArrayList<>(List.of("Host", "h"));
    headers.addAll(List.of(namesAndValues));
    return files.handle(Request.get("h", path, headers.toArray(String[]::new)));
  }

  private int status(String path, String... namesAndValues) {
    Response response = get(path, namesAndValues);
    response.body().release();
    return response.status().code();
  }

  private static String body(Response response) {
    return new String(((Body.Bytes) response.body()).bytes(), UTF_8);
  }

  private static String unzipped(Response response) throws IOException {
    byte[] bytes = ((Body.Bytes) response.body()).bytes();
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(gzip.readAllBytes(), UTF_8);
    }
  }
}
