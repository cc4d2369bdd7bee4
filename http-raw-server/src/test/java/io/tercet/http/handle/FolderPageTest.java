package io.tercet.http.handle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.file.FileTree;
import io.tercet.http.file.ListableTree;
import io.tercet.http.message.Body;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is in a folder, for people and for programs.
class FolderPageTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private Path root;
  private StaticFiles files;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectories(folder.resolve("root"));
    Files.createDirectories(root.resolve("docs/Sub"));
    write("docs/b.txt", "12345");
    write("docs/A.txt", "x".repeat(12_345));
    Files.setLastModifiedTime(root.resolve("docs/Sub"), FileTime.from(THEN));
    serve(true, 100);
  }

  @Test
  void programsGetItAsJsonInOrder() {
    Response response = get("/docs/", "application/json");
    assertThat(response.status().code()).isEqualTo(200);
    assertThat(response.fields().first("content-type")).hasValue("application/json");
    assertThat(response.fields().first("vary")).hasValue("Accept");
    assertThat(body(response))
        .isEqualTo(
            """
            {"path":"/docs/","entries":[
            {"name":"Sub","type":"folder","modifiedAt":"2026-01-02T03:04:05Z"},
            {"name":"A.txt","type":"file","size":12345,"modifiedAt":"2026-01-02T03:04:05Z"},
            {"name":"b.txt","type":"file","size":5,"modifiedAt":"2026-01-02T03:04:05Z"}],"more":false}
            """);
  }

  @Test
  void peopleGetItAsAPage() {
    Response response = get("/docs/", "text/html,application/json;q=0.9");
    assertThat(response.fields().first("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(response.fields().first("content-security-policy")).isPresent();
    assertThat(response.fields().first("referrer-policy")).isPresent();
    assertThat(body(response))
        .contains("<title>/docs/</title>", "href=\"../\"", "href=\"Sub/\">Sub/</a>")
        .contains("href=\"A.txt\">A.txt</a><td class=\"size\">12,345<td class=\"time\">2026-01-02")
        .containsSubsequence("Sub/", "A.txt", "b.txt");
    assertThat(body(get("/docs/", "*/*"))).startsWith("<!doctype html>");
    assertThat(body(get("/", "text/html"))).doesNotContain("../");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html;q=0, application/json",
        "text/html;q=0.8, Application/JSON ; q=0.9",
        "application/json, text/html",
        "application/json;charset=utf-8;q=0.001",
        "text/html;q=2, application/json",
        "text/htmlx, application/json"
      })
  void whoLikesJsonBetterGetsIt(String accepts) {
    assertThat(get("/docs/", accepts).fields().first("content-type")).hasValue("application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/jsonfoo",
        "TEXT/HTML, application/json;q=0.9",
        "application/json;q=0",
        "application/json;q=0.5, text/html",
        "text/html, application/json",
        "application/json;q=x",
        "*/*"
      })
  void whoDoesNotGetsThePage(String accepts) {
    assertThat(get("/docs/", accepts).fields().first("content-type"))
        .hasValue("text/html; charset=utf-8");
  }

  @Test
  void namesCannotBecomeMarkupOrSchemes() throws IOException {
    write("docs/<img src=x onerror=alert(1)>&\".txt", "1");
    write("docs/javascript:alert(1)", "1");
    write("docs/50% off?#\u00e9\u4e2d\ud83d\ude00", "1");
    assertThat(body(get("/docs/", "text/html")))
        .doesNotContain("<img", "href=\"javascript:")
        .contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;.txt")
        .contains("href=\"javascript%3Aalert%281%29\"")
        .contains("href=\"50%25%20off%3F%23%C3%A9%E4%B8%AD%F0%9F%98%80\"");
    assertThat(body(get("/docs/", "application/json")))
        .contains("\"<img src=x onerror=alert(1)>&\\\".txt\"");
  }

  @Test
  void eachNameLeadsToItsFile() throws IOException {
    write("docs/50% off?#\u00e9", "found");
    String page = body(get("/docs/", "text/html"));
    String name = page.substring(page.indexOf("href=\"50") + 6);
    assertThat(body(get("/docs/" + name.substring(0, name.indexOf('"')), "*/*")))
        .isEqualTo("found");
  }

  @Test
  void whatIsHiddenOrOutsideIsNotListed() throws Exception {
    write("docs/.secret", "1");
    write("docs/bad\nname", "1");
    Files.writeString(folder.resolve("outside.txt"), "outside");
    Files.createSymbolicLink(root.resolve("docs/out"), folder.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("docs/up"), Path.of("../.."));
    Files.createSymbolicLink(root.resolve("docs/broken"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("docs/inside"), Path.of("b.txt"));
    Files.createSymbolicLink(root.resolve("docs/root"), Path.of(".."));
    Path pipe = root.resolve("docs/pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String json = body(get("/docs/", "application/json"));
    assertThat(json)
        .doesNotContain("secret", "bad", "\"out\"", "\"up\"", "broken", "pipe")
        .contains("{\"name\":\"inside\",\"type\":\"file\",\"size\":5,")
        .contains("{\"name\":\"root\",\"type\":\"folder\",");
  }

  @Test
  void aLinkOutOfTheRootIsNoFolder() throws IOException {
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    assertThat(get("/up/", "application/json").status().code()).isEqualTo(404);
    assertThat(get("/up/root/", "application/json").status().code()).isEqualTo(404);
  }

  @Test
  void aFolderWithAnIndexIsItsIndex() throws IOException {
    write("docs/index.html", "index");
    assertThat(body(get("/docs/", "application/json"))).isEqualTo("index");
  }

  @Test
  void aFolderWithoutASlashIsRedirected() {
    assertThat(get("/docs", "text/html").status().code()).isEqualTo(301);
  }

  @Test
  void moreEntriesThanTheLimitAreNotReadAndThatIsSaid() throws IOException {
    for (int i = 0; i < 500; i++) {
      write("docs/" + "long name ".repeat(10) + i, "");
    }
    serve(true, 400);
    String json = body(get("/docs/", "application/json"));
    assertThat(json.split("\"name\"")).hasSize(401);
    assertThat(json).endsWith("\"more\":true}\n");
    assertThat(body(get("/docs/", "text/html"))).contains("There is more in this folder");
    serve(true, 503);
    json = body(get("/docs/", "application/json"));
    assertThat(json.split("\"name\"")).hasSize(504);
    assertThat(json).endsWith("\"more\":false}\n");
  }

  @Test
  void itHasNoFieldThatTheOperatorTookAway() {
    String name = "X-Content-Type-Options";
    assertThat(get("/docs/", "text/html").fields().first(name)).hasValue("nosniff");
    serve(true, 100, name + ":");
    assertThat(get("/docs/", "text/html").fields().first(name)).isEmpty();
    assertThat(get("/docs/", "application/json").fields().first(name)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeReadIsNotMissing() {
    files =
        new StaticFiles(
            new UnreadableTree(),
            new ContentCache(ContentCache.Settings.DEFAULT, System::nanoTime),
            () -> "line",
            new FileServingOptions(
                true, true, true, 100, List.of(), FileServingOptions.DEFAULT.fields()));
    assertThat(get("/docs/", "text/html").status().code()).isEqualTo(503);
    assertThat(get("/docs/", "application/json").status().code()).isEqualTo(503);
  }

  @Test
  void itIsOffUnlessAskedFor() {
    serve(false, 100);
    assertThat(get("/docs/", "application/json").status().code()).isEqualTo(404);
  }

  /// Has folders, and cannot tell what is in them.
  private static final class UnreadableTree implements FileTree, ListableTree {
    @Override
    public Entry find(String path) {
      return path.equals("docs") ? new Entry.Folder() : new Entry.Absent();
    }

    @Override
    public Optional<Folder> list(String path, int entriesMax) {
      return Optional.empty();
    }
  }

  private void serve(boolean lists, int entriesMax, String... fields) {
    files =
        new StaticFiles(
            new PosixFileTree(root),
            new ContentCache(ContentCache.Settings.DEFAULT, System::nanoTime),
            () -> "line",
            new FileServingOptions(
                true,
                true,
                lists,
                entriesMax,
                List.of(),
                FileServingOptions.fields(List.of(fields))));
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(root.resolve(path), text);
    Files.setLastModifiedTime(root.resolve(path), FileTime.from(THEN));
  }

  private Response get(String path, String accepts) {
    return files.handle(Request.get("h", path, "Host", "h", "Accept", accepts));
  }

  private static String body(Response response) {
    return new String(((Body.Bytes) response.body()).bytes(), UTF_8);
  }
}
