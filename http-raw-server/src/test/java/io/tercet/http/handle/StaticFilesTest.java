package io.tercet.http.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.file.FileServingOptions;
import io.tercet.http.file.FileTree;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Version;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files over real folders: which one is meant, and what is said about it.
class StaticFilesTest extends ServedFolder {
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

    @Test
    void redirectsForNoLongerThanTheFolderIsOne() throws IOException {
      assertThat(get("/docs").fields().first("cache-control")).hasValue("no-cache");
      Files.delete(root.resolve("docs/index.html"));
      Files.delete(root.resolve("docs"));
      write("docs", "a file now");
      assertThat(body(get("/docs"))).isEqualTo("a file now");
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
    void hidesThemBelowWellKnownTooAndThatBelowTheRoot() throws IOException {
      write(".well-known/.git/config", "x");
      write(".well-known/acme/.env", "x");
      write("docs/.well-known/security.txt", "x");
      assertThat(get("/.well-known/.git/config").status().code()).isEqualTo(404);
      assertThat(get("/.well-known/acme/.env").status().code()).isEqualTo(404);
      assertThat(get("/docs/.well-known/security.txt").status().code()).isEqualTo(404);
    }

    @Test
    void waitsForNoNamedPipe() throws Exception {
      Path pipe = root.resolve("pipe.txt");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      assertThat(get("/pipe.txt").status().code()).isEqualTo(404);
    }

    @Test
    void findsNothingInASocket() throws IOException {
      try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
        assertThat(get("/socket").status().code()).isEqualTo(404);
      }
    }

    @Test
    void findsNothingAtTheEndOfLinksThatLeadInACircle() throws IOException {
      Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
      Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
      assertThat(get("/a").status().code()).isEqualTo(404);
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
    void givesNothingAsLongAsTheIndexCannotBeLookedAt() {
      FileTree real = new PosixFileTree(root);
      FileTree troubled =
          path -> path.equals("index.html") ? new FileTree.Entry.Busy() : real.find(path);
      files = new StaticFiles(troubled, cache, () -> "line", FileServingOptions.DEFAULT);
      assertThat(get("/rooms/42", "Accept", "text/html").status().code()).isEqualTo(503);
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
}
