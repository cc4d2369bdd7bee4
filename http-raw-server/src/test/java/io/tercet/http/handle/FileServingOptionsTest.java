package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.file.FileServingOptions.CacheRule;
import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Version;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator can choose: fields, times to keep, pages for errors.
class FileServingOptionsTest {
  @TempDir Path root;
  private final AtomicLong nanos = new AtomicLong();
  private ContentCache cache;
  private CountingTree tree;
  private StaticFiles files;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(root.resolve("a.txt"), "a");
    Files.createDirectories(root.resolve("docs"));
    tree = new CountingTree(new PosixFileTree(root));
    serve(List.of(), List.of());
  }

  @Nested
  class TimesToKeep {
    @Test
    void areThoseOfTheFirstRuleThatMatches() {
      serve(List.of("*.png=no-store", "*.txt=public, max-age=60", "*=private"), List.of());
      assertThat(get("/a.txt").fields().first("cache-control")).hasValue("public, max-age=60");
      serve(List.of("*.png=no-store"), List.of());
      assertThat(get("/a.txt").fields().first("cache-control")).hasValue("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "=no-store", "*.png=", "*=a\r\nX: b"})
    void areRefusedWhenTheyAreNoRule(String rule) {
      assertThatThrownBy(() -> CacheRule.parse(rule)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class FieldsOfEveryAnswer {
    @Test
    void protectFilesAndErrorsAlike() {
      Request post = new Request("POST", "/", "", "h", Version.HTTP_1_1, Headers.none());
      Stream.of(
              get("/a.txt"),
              get("/gone"),
              get("/docs"),
              get("/%"),
              files.handle(post),
              get("/a.txt", "If-None-Match", "*"),
              get("/gone", "Accept", "text/html"))
          .forEach(response -> {
            assertThat(count(response, "X-Content-Type-Options: nosniff")).isEqualTo(1);
            assertThat(count(response, "X-Frame-Options: SAMEORIGIN")).isEqualTo(1);
            assertThat(count(response, "Referrer-Policy: ")).isEqualTo(1);
          });
    }

    @Test
    void areAddedReplacedAndTakenAway() {
      serve(
          List.of(), List.of("X-One: 1", "x-frame-options: DENY", "Referrer-Policy:", "X-One: 2"));
      for (Response response : List.of(get("/a.txt"), get("/gone"))) {
        assertThat(count(response, "X-One: 1")).isEqualTo(1);
        assertThat(count(response, "x-frame-options: DENY")).isEqualTo(1);
        assertThat(count(response, "X-Frame-Options")).isZero();
        assertThat(response.fields().first("referrer-policy")).isEmpty();
        assertThat(response.fields().first("x-content-type-options")).hasValue("nosniff");
      }
      assertThat(count(get("/a.txt"), "X-One: 2")).isEqualTo(1);
    }

    @Test
    void ofASiteLetItBeShownInFrames() {
      Fields fields = FileServingOptions.DEFAULT.ofSites().fields();
      assertThat(fields.first("x-frame-options")).isEmpty();
      assertThat(fields.first("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void takeAwayOrReplaceWhatPagesAndProblemsSayThemselves() {
      String name = "X-Content-Type-Options";
      for (String accepts : List.of("text/html", "application/json")) {
        for (String path : List.of("/gone.html", "/%zz")) {
          assertThat(answer(path, accepts).first(name)).as(path).hasValue("nosniff");
          serve(List.of(), List.of(name + ":"));
          assertThat(answer(path, accepts).first(name)).as(path).isEmpty();
          serve(List.of(), List.of(name + ": other"));
          assertThat(answer(path, accepts).first(name)).as(path).hasValue("other");
          serve(List.of(), List.of());
        }
      }
    }

    private Fields answer(String path, String accepts) {
      return get(path, "Accept", accepts).fields();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "no colon",
          ": value",
          "A B: c",
          "A: b\r\nC: d",
          "Content-Length: 5",
          "transfer-encoding: chunked",
          "ETag: \"x\"",
          "Connection:"
        })
    void areRefusedWhenTheyCannotBe(String line) {
      assertThatThrownBy(() -> FileServingOptions.fields(List.of(line)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class PagesForErrors {
    @Test
    void areTheRootsOwnForPeople() throws IOException {
      Files.writeString(root.resolve("404.html"), "own words");
      Response response = get("/gone.html", "Accept", "text/html");
      assertThat(response.status().code()).isEqualTo(404);
      assertThat(body(response)).isEqualTo("own words");
      assertThat(response.fields().first("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(response.fields().first("cache-control")).hasValue("no-store");
      assertThat(response.fields().first("etag")).isEmpty();
      assertThat(response.fields().first("x-frame-options")).isPresent();
      assertThat(body(get("/gone.html", "Accept", "*/*"))).contains("urn:tercet:problem:not-found");
    }

    @Test
    void areNeverPartsNorNotModified() throws IOException {
      Files.writeString(root.resolve("404.html"), "own words");
      for (String[] field :
          new String[][] {{"Range", "bytes=0-1"}, {"If-None-Match", "*"}, {"If-Match", "\"x\""}}) {
        Response response = get("/gone.html", "Accept", "text/html", field[0], field[1]);
        assertThat(response.status().code()).as(field[0]).isEqualTo(404);
        assertThat(body(response)).isEqualTo("own words");
      }
    }

    @Test
    void areOursWhereTheRootHasNone() {
      Response response = get("/gone.html", "Accept", "text/html");
      assertThat(response.status().code()).isEqualTo(404);
      assertThat(body(response)).contains("There is nothing here");
    }

    @Test
    void areThereWhenNoFileCanBeOpened() throws IOException {
      Files.writeString(root.resolve("50x.html"), "come back");
      serve(List.of(), List.of());
      tree.isBusy = true;
      Response response = get("/a.txt", "Accept", "text/html");
      assertThat(response.status().code()).isEqualTo(503);
      assertThat(body(response)).isEqualTo("come back");
      assertThat(response.fields().first("retry-after")).hasValue("1");
      assertThat(get("/a.txt").fields().first("retry-after")).hasValue("1");
      assertThat(body(get("/a.txt"))).contains("service-unavailable");
    }

    @Test
    void areThereWhenNoFileCanBeOpenedHoweverManyWereSince() throws IOException {
      Files.writeString(root.resolve("50x.html"), "come back");
      serve(List.of(), List.of());
      for (int i = 0; i < 20; i++) {
        Files.writeString(root.resolve(i + ".txt"), "x".repeat(1000));
        assertThat(get("/" + i + ".txt").status().code()).isEqualTo(200);
      }
      assertThat(cache.bytes()).isLessThan(10_000);
      assertThat(pageWithoutFiles()).isEqualTo("come back");
    }

    @Test
    void areThoseThatThereWereWhenFilesCouldBeOpenedLast() throws IOException {
      assertThat(pageWithoutFiles()).contains("Try again in a moment");
      Files.writeString(root.resolve("50x.html"), "come back");
      lookASecondLater();
      assertThat(pageWithoutFiles()).isEqualTo("come back");
      Files.writeString(root.resolve("50x.html"), "come again");
      assertThat(pageWithoutFiles()).isEqualTo("come back");
      lookASecondLater();
      assertThat(pageWithoutFiles()).isEqualTo("come again");
      Files.delete(root.resolve("50x.html"));
      lookASecondLater();
      assertThat(pageWithoutFiles()).contains("Try again in a moment");
    }

    @Test
    void areOursOnceTheSitesBeforeTookAllTheRoomThatThereIs() throws IOException {
      Files.writeString(root.resolve("50x.html"), "come back ".repeat(700));
      List<StaticFiles> sites = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        sites.add(new StaticFiles(tree, cache, () -> "line", FileServingOptions.DEFAULT.ofSites()));
      }
      tree.isBusy = true;
      Request request = Request.get("h", "/a.txt", "Accept", "text/html");
      assertThat(body(sites.getFirst().handle(request))).startsWith("come back");
      assertThat(body(sites.getLast().handle(request))).contains("Try again in a moment");
    }

    private void lookASecondLater() {
      nanos.addAndGet(1_000_000_001L);
      assertThat(get("/a.txt").status().code()).isEqualTo(200);
    }

    private String pageWithoutFiles() {
      tree.isBusy = true;
      String page = body(get("/b.txt", "Accept", "text/html"));
      tree.isBusy = false;
      return page;
    }

    @Test
    void areOursWhenNoFileCanBeOpenedAndThereWasNone() {
      tree.isBusy = true;
      Response response = get("/a.txt", "Accept", "text/html");
      assertThat(response.status().code()).isEqualTo(503);
      assertThat(response.fields().first("retry-after")).hasValue("1");
      assertThat(body(response)).contains("Try again in a moment");
    }
  }

  private void serve(List<String> cacheRules, List<String> fields) {
    FileServingOptions rules =
        new FileServingOptions(
            false,
            true,
            false,
            10,
            cacheRules.stream().map(CacheRule::parse).toList(),
            FileServingOptions.fields(fields));
    cache = new ContentCache(new ContentCache.Settings(7_000, 9_000, 1_000_000_000L), nanos::get);
    files = new StaticFiles(tree, cache, () -> "line", rules);
  }

  private Response get(String path, String... namesAndValues) {
    String[] headers =
        Stream.concat(Stream.of("Host", "h"), Stream.of(namesAndValues)).toArray(String[]::new);
    return files.handle(Request.get("h", path, headers));
  }

  private static long count(Response response, String start) {
    return response.fields().toString().lines().filter(line -> line.startsWith(start)).count();
  }

  private static String body(Response response) {
    return new String(((Body.Bytes) response.body()).bytes(), UTF_8);
  }
}
