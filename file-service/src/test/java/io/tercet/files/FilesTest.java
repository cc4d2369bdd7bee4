package io.tercet.files;

import static io.tercet.files.RunningService.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files over HTTP, from outside, with a chat-service that follows the contract.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesTest {
  private static final String HELLO_SHA =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  private static final String MINE = "/api/files/people/me/";

  private ChatStub chat;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service = RunningService.start(data, chat, "--tercet.files.upload.file-size-max=1MB");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @Nested
  class Storing {
    private final Person ada = chat.person("ada");

    @Test
    void keepsBytesAndSaysWhatItKept() throws Exception {
      Answer stored = service.put(ada, MINE + "notes/hello.txt", "hello");

      assertThat(stored.status()).isEqualTo(201);
      assertThat(stored.header("ETag")).isEqualTo('"' + HELLO_SHA + '"');
      assertThat(stored.json().get("path").asString()).isEqualTo("notes/hello.txt");
      assertThat(stored.json().get("name").asString()).isEqualTo("hello.txt");
      assertThat(stored.json().get("kind").asString()).isEqualTo("file");
      assertThat(stored.json().get("size").asLong()).isEqualTo(5);
      assertThat(stored.json().get("sha256").asString()).isEqualTo(HELLO_SHA);
      assertThat(stored.json().get("mediaType").asString()).isEqualTo("text/plain");
      assertThat(stored.json().get("version").asInt()).isEqualTo(1);
      assertThat(Instant.parse(stored.json().get("modifiedAt").asString()))
          .isBefore(Instant.now().plusSeconds(1));
      assertThat(service.get(ada, MINE + "notes/hello.txt").text()).isEqualTo("hello");
    }

    @Test
    void countsVersionsOfOneFile() throws Exception {
      Answer first = service.put(ada, MINE + "a.txt", "one");
      Answer second = service.put(ada, MINE + "a.txt", "two");

      assertThat(second.status()).isEqualTo(200);
      assertThat(second.json().get("version").asInt()).isEqualTo(2);
      assertThat(second.json().get("fileId")).isEqualTo(first.json().get("fileId"));
      assertThat(service.get(ada, MINE + "a.txt").text()).isEqualTo("two");
    }

    @Test
    void keepsAnEmptyFile() throws Exception {
      assertThat(service.put(ada, MINE + "empty", "").json().get("size").asLong()).isZero();
      assertThat(service.get(ada, MINE + "empty").text()).isEmpty();
    }

    @Test
    void keepsBytesThatCallThemselvesAForm() throws Exception {
      String form = "application/x-www-form-urlencoded";
      service.put(ada, MINE + "form", "a=b&c=d", "Content-Type", form);

      assertThat(service.get(ada, MINE + "form").text()).isEqualTo("a=b&c=d");
    }

    @Test
    void replacesOnlyWhatTheClientKnows() throws Exception {
      service.put(ada, MINE + "known", "hello");

      assertThat(service.put(ada, MINE + "known", "x", "If-None-Match", "*").problem())
          .isEqualTo("412 precondition-failed");
      assertThat(service.put(ada, MINE + "known", "x", "If-Match", "\"abc\"").problem())
          .isEqualTo("412 precondition-failed");
      assertThat(service.put(ada, MINE + "new", "x", "If-Match", "*").problem())
          .isEqualTo("412 precondition-failed");
      assertThat(service.put(ada, MINE + "known", "y", "If-Match", '"' + HELLO_SHA + '"').status())
          .isEqualTo(200);
    }

    @Test
    void refusesBytesThatAreNotTheAnnouncedOnes() throws Exception {
      String zeros = "sha-256=:" + Base64.getEncoder().encodeToString(new byte[32]) + ":";
      byte[] hello = HexFormat.of().parseHex(HELLO_SHA);
      String right = "sha-256=:" + Base64.getEncoder().encodeToString(hello) + ":";

      assertThat(service.put(ada, MINE + "d", "hello", "Repr-Digest", zeros).problem())
          .isEqualTo("422 digest-mismatch");
      assertThat(service.get(ada, MINE + "d").problem()).isEqualTo("404 file-not-found");
      assertThat(service.put(ada, MINE + "d", "hello", "Repr-Digest", "sha-256=x").problem())
          .isEqualTo("400 invalid-request");
      assertThat(service.put(ada, MINE + "d", "hello", "Repr-Digest", right).status())
          .isEqualTo(201);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
      byte[] large = new byte[1024 * 1024 + 1];

      assertThat(service.send(ada, "PUT", MINE + "large", large).problem())
          .isEqualTo("413 too-large");
      assertThat(service.get(ada, MINE + "large").problem()).isEqualTo("404 file-not-found");
    }

    @Test
    void refusesAFileInThePlaceOfAFolderAndBelowAFile() throws Exception {
      service.put(ada, MINE + "dir/file", "x");

      assertThat(service.put(ada, MINE + "dir", "x").problem()).isEqualTo("409 path-taken");
      assertThat(service.put(ada, MINE + "dir/file/x", "x").problem()).isEqualTo("409 path-taken");
    }

    @Test
    void refusesAPartOfAFile() throws Exception {
      assertThat(service.put(ada, MINE + "part", "x", "Content-Range", "bytes 0-0/2").problem())
          .isEqualTo("400 invalid-request");
    }
  }

  @Nested
  class Forms {
    private final Person ada = chat.person("ada");

    @Test
    void storesItsFilesAndNumbersNamesThatAreTaken() throws Exception {
      String form = part("a.txt", "one") + part("a.txt", "two") + part("图.png", "three") + END;

      Answer stored = post("form/", form);

      assertThat(stored.status()).isEqualTo(201);
      assertThat(service.names(ada, MINE + "form/")).containsExactly("a (2).txt", "a.txt", "图.png");
      assertThat(service.get(ada, MINE + "form/a%20(2).txt").text()).isEqualTo("two");
      assertThat(service.filesUnder("incoming")).isZero();
    }

    @Test
    void storesNothingOfAFormThatBreaksOff() throws Exception {
      Answer stored = post("broken/", part("a.txt", "one") + part("b.txt", "tw"));

      assertThat(stored.problem()).isEqualTo("400 upload-incomplete");
      assertThat(service.get(ada, MINE + "broken/").problem()).isEqualTo("404 file-not-found");
      assertThat(service.filesUnder("incoming")).isZero();
    }

    @Test
    void refusesNamesThatAreNoneAndFormsThatAreNone() throws Exception {
      assertThat(post("bad/", part("../up.txt", "x") + END).problem())
          .isEqualTo("400 invalid-path");
      assertThat(post("bad/", END).problem()).isEqualTo("400 invalid-request");
      assertThat(service.json(ada, "POST", MINE + "bad/", "{}").problem())
          .isEqualTo("415 unsupported-media-type");
      assertThat(post("bad", END).problem()).isEqualTo("405 method-not-allowed");
    }

    private static final String END = "--B--\r\n";

    private Answer post(String path, String form) throws Exception {
      byte[] bytes = form.getBytes(UTF_8);
      String type = "multipart/form-data; boundary=B";
      return service.send(ada, "POST", MINE + path, bytes, "Content-Type", type);
    }

    private String part(String name, String text) {
      return "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n"
          .formatted(name, text);
    }
  }

  @Nested
  class Reading {
    private final Person ada = chat.person("ada");
    private static final String FILE = MINE + "letters";

    @BeforeEach
    void store() throws Exception {
      service.put(ada, FILE, "abcdefghij");
    }

    @Test
    void neverLetsABrowserShowWhatPeopleStored() throws Exception {
      service.put(ada, MINE + encoded("页 \"面\".html"), "<script>alert(1)</script>");

      Answer answer = service.get(ada, MINE + encoded("页 \"面\".html"));

      assertThat(answer.header("Content-Disposition"))
          .isEqualTo(
              "attachment; filename=\"_ ___.html\"; "
                  + "filename*=UTF-8''%E9%A1%B5%20%22%E9%9D%A2%22.html");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void sendsARange() throws Exception {
      Answer answer = service.get(ada, FILE, "Range", "bytes=2-4");

      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.text()).isEqualTo("cde");
      assertThat(answer.header("Content-Range")).isEqualTo("bytes 2-4/10");
      assertThat(service.get(ada, FILE, "Range", "bytes=-3").text()).isEqualTo("hij");
      assertThat(service.get(ada, FILE, "Range", "bytes=8-99").text()).isEqualTo("ij");
    }

    @Test
    void sendsSeveralRanges() throws Exception {
      Answer answer = service.get(ada, FILE, "Range", "bytes=0-1, 5-5");

      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("Content-Type")).startsWith("multipart/byteranges; boundary=");
      String boundary = answer.header("Content-Type").split("boundary=", 2)[1];
      assertThat(answer.text())
          .isEqualTo(
              ("\r\n"
                      + "--B\r\n"
                      + "Content-Type: text/plain\r\n"
                      + "Content-Range: bytes 0-1/10\r\n\r\n"
                      + "ab\r\n"
                      + "--B\r\n"
                      + "Content-Type: text/plain\r\n"
                      + "Content-Range: bytes 5-5/10\r\n\r\n"
                      + "f\r\n"
                      + "--B--\r\n")
                  .replace("B\r", boundary + "\r")
                  .replace("B--", boundary + "--"));
      assertThat(answer.header("Content-Length"))
          .isEqualTo(Integer.toString(answer.text().length()));
    }

    @Test
    void sendsNoByteTwiceForRangesThatOverlap() throws Exception {
      Answer answer = service.get(ada, FILE, "Range", "bytes=0-,1-3,0-9,2-");

      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.text()).isEqualTo("abcdefghij");
    }

    @Test
    void readsEachFormOfADate() throws Exception {
      for (String future :
          List.of(
              "Wed, 01 Jan 2070 00:00:00 GMT",
              "Wed Jan  1 00:00:00 2070",
              "Wednesday, 01-Jan-70 00:00:00 GMT")) {
        assertThat(service.get(ada, FILE, "If-Modified-Since", future).status())
            .as(future)
            .isEqualTo(304);
      }
    }

    @Test
    void refusesARangePastTheEnd() throws Exception {
      Answer answer = service.get(ada, FILE, "Range", "bytes=10-");

      assertThat(answer.problem()).isEqualTo("416 invalid-range");
      assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=", "bytes=4-2", "lines=1-2", "bytes=a-b", "bytes=-"})
    void sendsAllWhenTheRangeIsMalformed(String range) throws Exception {
      assertThat(service.get(ada, FILE, "Range", range).status()).isEqualTo(200);
    }

    @Test
    void sendsAllWhenIfRangeNamesAnotherVersion() throws Exception {
      String etag = service.get(ada, FILE).header("ETag");

      assertThat(service.get(ada, FILE, "Range", "bytes=0-0", "If-Range", etag).status())
          .isEqualTo(206);
      assertThat(service.get(ada, FILE, "Range", "bytes=0-0", "If-Range", "\"x\"").status())
          .isEqualTo(200);
    }

    @Test
    void answersConditions() throws Exception {
      Answer answer = service.get(ada, FILE);
      String etag = answer.header("ETag");
      String modified = answer.header("Last-Modified");

      assertThat(service.get(ada, FILE, "If-None-Match", etag).status()).isEqualTo(304);
      assertThat(service.get(ada, FILE, "If-None-Match", "\"a\", W/" + etag).status())
          .isEqualTo(304);
      assertThat(service.get(ada, FILE, "If-Modified-Since", modified).status()).isEqualTo(304);
      assertThat(service.get(ada, FILE, "If-Match", "\"a\"").problem())
          .isEqualTo("412 precondition-failed");
      assertThat(service.get(ada, FILE, "If-None-Match", "nonsense").problem())
          .isEqualTo("400 invalid-request");
    }

    @Test
    void answersHeadWithoutTheBytes() throws Exception {
      Answer answer = service.send(ada, "HEAD", FILE, new byte[0]);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Length")).isEqualTo("10");
      assertThat(answer.text()).isEmpty();
    }
  }

  @Nested
  class FoldersAndNames {
    private final Person ada = chat.person("ada");

    @Test
    void listsFoldersFirstThenByNamePageByPage() throws Exception {
      for (String name : List.of("b.txt", "a.txt", "z/", "c/")) {
        service.put(ada, MINE + "list/" + name, "");
      }

      Answer first = service.get(ada, MINE + "list/?limit=3");
      String next = first.json().get("next").asString();
      Answer second = service.get(ada, MINE + "list/?limit=3&after=" + next);

      assertThat(first.json().get("items").valueStream().map(i -> i.get("name").asString()))
          .containsExactly("c", "z", "a.txt");
      assertThat(first.json().get("more").asBoolean()).isTrue();
      assertThat(first.json().get("items").get(0).has("size")).isFalse();
      assertThat(second.json().get("items").valueStream().map(i -> i.get("name").asString()))
          .containsExactly("b.txt");
      assertThat(second.json().get("more").asBoolean()).isFalse();
      assertThat(service.get(ada, MINE + "list/?after=!").problem())
          .isEqualTo("400 invalid-request");
      assertThat(service.get(ada, MINE + "list/?limit=x").problem())
          .isEqualTo("400 invalid-request");
    }

    @Test
    void listsAnEmptySpace() throws Exception {
      assertThat(service.names(chat.person("new"), MINE)).isEmpty();
    }

    @Test
    void makesAFolderOnce() throws Exception {
      assertThat(service.put(ada, MINE + "new/deep/", "").status()).isEqualTo(201);
      assertThat(service.put(ada, MINE + "new/deep/", "").status()).isEqualTo(200);
      assertThat(service.put(ada, MINE + "new/deep/", "", "If-None-Match", "*").problem())
          .isEqualTo("412 precondition-failed");
      assertThat(service.put(ada, MINE + "new/other/", "", "If-Match", "*").problem())
          .isEqualTo("412 precondition-failed");
      assertThat(service.put(ada, MINE + "new/other/", "", "If-None-Match", "*").status())
          .isEqualTo(201);
    }

    @Test
    void renamesAndMoves() throws Exception {
      service.put(ada, MINE + "m/a.txt", "a");

      Answer moved = move("people/me/m", "people/me/n/o");

      assertThat(moved.status()).isEqualTo(200);
      assertThat(service.get(ada, MINE + "n/o/a.txt").text()).isEqualTo("a");
      assertThat(service.get(ada, MINE + "m/").problem()).isEqualTo("404 file-not-found");
      assertThat(move("people/me/n", "people/me/n/o/p").problem()).isEqualTo("400 invalid-path");
      assertThat(move("people/me/nothing", "people/me/x").problem())
          .isEqualTo("404 file-not-found");
    }

    @Test
    void keepsTheOldVersionWhenAMoveReplaces() throws Exception {
      service.put(ada, MINE + "r/old", "old");
      service.put(ada, MINE + "r/new", "new");

      assertThat(move("people/me/r/new", "people/me/r/old").problem()).isEqualTo("409 path-taken");
      Answer replaced =
          service.json(
              ada,
              "POST",
              "/api/files/moves",
              "{\"from\":\"people/me/r/new\",\"to\":\"people/me/r/old\",\"replace\":true}");

      assertThat(replaced.json().get("version").asInt()).isEqualTo(2);
      assertThat(service.get(ada, MINE + "r/old").text()).isEqualTo("new");
      assertThat(service.names(ada, MINE + "r/")).containsExactly("old");
    }

    @Test
    void deletesAFolderWithAllThatIsInIt() throws Exception {
      service.put(ada, MINE + "del/a/b.txt", "only here " + UUID.randomUUID());
      long before = service.filesUnder("blobs");

      assertThat(service.delete(ada, MINE + "del/").status()).isEqualTo(204);

      assertThat(service.get(ada, MINE + "del/a/b.txt").problem()).isEqualTo("404 file-not-found");
      await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == before - 1);
      assertThat(service.delete(ada, MINE + "del/").problem()).isEqualTo("404 file-not-found");
    }

    @Test
    void keepsBytesThatAnotherFileHolds() throws Exception {
      String text = "held twice " + UUID.randomUUID();
      service.put(ada, MINE + "t1", text);
      service.put(ada, MINE + "t2", text);
      service.put(ada, MINE + "t3", "only here " + UUID.randomUUID());
      long before = service.filesUnder("blobs");

      service.delete(ada, MINE + "t1");
      service.delete(ada, MINE + "t3");

      await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == before - 1);
      assertThat(service.get(ada, MINE + "t2").text()).isEqualTo(text);
    }

    @Test
    void deletesNoWholeSpace() throws Exception {
      assertThat(service.delete(ada, MINE).problem()).isEqualTo("400 invalid-path");
    }

    @Test
    void normalisesNamesAndTakesEveryScript() throws Exception {
      service.put(ada, MINE + "uni/" + encoded("Cafe\u0301 👩‍🚀"), "x");

      assertThat(service.names(ada, MINE + "uni/")).containsExactly("Caf\u00e9 👩‍🚀");
      assertThat(service.get(ada, MINE + "uni/" + encoded("Caf\u00e9 👩‍🚀")).text())
          .isEqualTo("x");
    }

    @Test
    void takesNamesThatLookLikeSyntax() throws Exception {
      for (String name : List.of("100%.txt", "a;b", "back\\slash", "a+b?c#d", "..a", "~", "a:b")) {
        assertThat(service.put(ada, MINE + "odd/" + encoded(name), name).status())
            .as(name)
            .isEqualTo(201);
        assertThat(service.get(ada, MINE + "odd/" + encoded(name)).text()).isEqualTo(name);
      }
    }

    private Answer move(String from, String to) throws Exception {
      String body = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to);
      return service.json(ada, "POST", "/api/files/moves", body);
    }
  }

  @Nested
  class Refusing {
    private final Person ada = chat.person("ada");

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a/../b",
          "a/%2e%2e/b",
          "%2e%2e",
          "a/..;/b",
          "a%2Fb",
          "a%00b",
          "a%0Ab",
          "a//b",
          "a/./b",
          "a%",
          "a%zz",
          "a%ff",
          "a;x=1",
          "a%7F"
        })
    void refusesAPathThatIsNone(String path) throws Exception {
      String answer =
          service.raw(
              "PUT /api/files/people/me/"
                  + path
                  + " HTTP/1.1\r\nHost: t\r\n"
                  + service.bearer(ada)
                  + "Connection: close\r\nContent-Length: 1\r\n\r\nx");

      assertThat(answer).startsWith("HTTP/1.1 400 ");
      assertThat(answer).contains("application/problem+json", "urn:tercet:problem:invalid-path");
      assertThat(answer).doesNotContain("<html", "Exception", "java.");
    }

    @Test
    void refusesNamesAndPathsThatAreTooLong() throws Exception {
      assertThat(service.put(ada, MINE + "n".repeat(300), "x").problem())
          .isEqualTo("400 invalid-path");
      assertThat(service.put(ada, MINE + "n".repeat(255), "x").status()).isEqualTo(201);
      assertThat(service.put(ada, MINE + "d/".repeat(32) + "x", "x").problem())
          .isEqualTo("400 invalid-path");
    }

    @Test
    void refusesOtherSpaces() throws Exception {
      assertThat(service.get(ada, "/api/files/people/" + ada.personId() + "/x").problem())
          .isEqualTo("400 invalid-path");
      assertThat(service.get(ada, "/api/files/elsewhere/x/").problem())
          .isEqualTo("400 invalid-path");
    }

    @Test
    void refusesWhoeverDoesNotProveWhoTheyAre() throws Exception {
      String expired = chat.token(ada, Instant.now().minusSeconds(60));
      byte[] none = new byte[0];

      assertThat(service.sendAs("GET", MINE, none).problem()).isEqualTo("401 unauthenticated");
      assertThat(service.sendAs("GET", MINE, none, "Authorization", "Bearer x").problem())
          .isEqualTo("401 unauthenticated");
      Answer late = service.sendAs("GET", MINE, none, "Authorization", "Bearer " + expired);
      assertThat(late.problem()).isEqualTo("401 unauthenticated");
      assertThat(late.json().get("detail").asString()).contains("expired");
      assertThat(service.get(ada, "/internal/sites").problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() throws Exception {
      assertThat(service.get(ada, "/api/nothing").problem()).isEqualTo("404 not-found");
      assertThat(service.get(ada, "/").problem()).isEqualTo("404 not-found");
      assertThat(service.json(ada, "PATCH", MINE + "x", "{}").problem())
          .isEqualTo("405 method-not-allowed");
      assertThat(service.json(ada, "POST", "/api/files/moves", "{").problem())
          .isEqualTo("400 invalid-request");
      assertThat(service.json(ada, "POST", "/api/files/moves", "{}").problem())
          .isEqualTo("400 invalid-request");
    }

    @Test
    void refusesBeforeItAsksForTheBody() throws Exception {
      service.put(ada, MINE + "there", "x");
      String refused =
          service.raw(
              "PUT /api/files/people/me/there HTTP/1.1\r\nHost: t\r\nIf-None-Match: *\r\n"
                  + service.bearer(ada)
                  + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      String tooLarge =
          service.raw(
              "PUT /api/files/people/me/large HTTP/1.1\r\nHost: t\r\n"
                  + service.bearer(ada)
                  + "Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
      String good =
          service.raw(
              "PUT /api/files/people/me/good HTTP/1.1\r\nHost: t\r\nConnection: close\r\n"
                  + service.bearer(ada)
                  + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");

      assertThat(refused).startsWith("HTTP/1.1 412 ");
      assertThat(tooLarge).startsWith("HTTP/1.1 413 ");
      assertThat(good).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 201 ");
    }

    @Test
    void forgetsAnUploadThatBreaksOff() throws Exception {
      String announced =
          service.raw(
              "PUT /api/files/people/me/cut HTTP/1.1\r\nHost: t\r\n"
                  + service.bearer(ada)
                  + "Content-Length: 100\r\n\r\nonly this");
      String chunked =
          service.raw(
              "PUT /api/files/people/me/cut HTTP/1.1\r\nHost: t\r\n"
                  + service.bearer(ada)
                  + "Transfer-Encoding: chunked\r\n\r\n64\r\nonly this");

      assertThat(announced).contains("urn:tercet:problem:upload-incomplete");
      assertThat(chunked).contains("urn:tercet:problem:upload-incomplete");
      assertThat(service.get(ada, MINE + "cut").problem()).isEqualTo("404 file-not-found");
      assertThat(service.filesUnder("incoming")).isZero();
    }

    @Test
    void keepsTheOldVersionWhenTheNextHasNoLength() throws Exception {
      service.put(ada, MINE + "good", "good");

      String answer =
          service.raw(
              "PUT /api/files/people/me/good HTTP/1.1\r\nHost: t\r\n"
                  + service.bearer(ada)
                  + "Connection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 411 ").contains("urn:tercet:problem:length-required");
      assertThat(service.get(ada, MINE + "good").text()).isEqualTo("good");
      assertThat(service.put(ada, MINE + "empty", "").status()).isEqualTo(201);
    }

    @Test
    void countsUploadsThatBreakOff() throws Exception {
      double before = service.count("tercet.files.aborts");
      for (int i = 0; i < 20; i++) {
        service.raw(
            "PUT /api/files/people/me/cut HTTP/1.1\r\nHost: t\r\n"
                + service.bearer(ada)
                + "Content-Length: 100\r\n\r\nonly this");
      }

      assertThat(service.count("tercet.files.aborts") - before).isEqualTo(20);
    }

    @Test
    void keepsTheOldVersionWhenTheNextBreaksOff() throws Exception {
      service.put(ada, MINE + "good", "good");

      service.raw(
          "PUT /api/files/people/me/good HTTP/1.1\r\nHost: t\r\n"
              + service.bearer(ada)
              + "Content-Length: 100\r\n\r\nbad");

      assertThat(service.get(ada, MINE + "good").text()).isEqualTo("good");
    }
  }

  @Nested
  class Rooms {
    private final Person ada = chat.person("ada");
    private final Person grace = chat.person("grace");

    @Test
    void openToTheirMembersOnly() throws Exception {
      UUID room = chat.room("plans", ada);
      String folder = "/api/files/rooms/" + room + "/";

      assertThat(service.put(ada, folder + "a.txt", "x").status()).isEqualTo(201);
      assertThat(service.get(grace, folder).problem()).isEqualTo("404 room-not-found");
      assertThat(service.put(grace, folder + "b.txt", "x").problem())
          .isEqualTo("404 room-not-found");
      assertThat(service.get(ada, "/api/files/rooms/" + UUID.randomUUID() + "/").problem())
          .isEqualTo("404 room-not-found");
      assertThat(service.get(ada, "/api/files/rooms/lobby/").problem())
          .isEqualTo("404 room-not-found");

      chat.leave(room, ada);
      assertThat(service.get(ada, folder + "a.txt").problem()).isEqualTo("404 room-not-found");
    }

    @Test
    void areToldOfEveryFileOnceAndInOrder() throws Exception {
      UUID room = chat.room("told", ada);
      String folder = "/api/files/rooms/" + room + "/";

      service.put(ada, folder + "sub/a.txt", "hello");
      service.put(ada, folder + "sub/b.txt", "hello again");
      service.put(ada, MINE + "home.txt", "from home");
      service.json(
          ada,
          "POST",
          "/api/files/moves",
          "{\"from\":\"people/me/home.txt\",\"to\":\"rooms/%s/home.txt\"}".formatted(room));

      await().atMost(Duration.ofSeconds(30)).until(() -> chat.events(room).size() == 3);
      assertThat(chat.events(room).stream().map(event -> event.file().get("path").asString()))
          .containsExactly("sub/a.txt", "sub/b.txt", "home.txt");
      ChatStub.Event event = chat.events(room).getFirst();
      assertThat(event.personId()).isEqualTo(ada.personId());
      assertThat(event.file().get("name").asString()).isEqualTo("a.txt");
      assertThat(event.file().get("version").asInt()).isEqualTo(1);
      assertThat(event.file().get("sha256").asString()).isEqualTo(HELLO_SHA);
      assertThat(event.file().get("size").asLong()).isEqualTo(5);
      assertThat(event.file().get("mediaType").asString()).isEqualTo("text/plain");
    }

    @Test
    void areToldAgainUntilChatServiceAnswers() throws Exception {
      UUID room = chat.room("stubborn", ada);
      int triesBefore = chat.tries().size();
      chat.failNext(2);

      service.put(ada, "/api/files/rooms/" + room + "/a.txt", "x");

      await().atMost(Duration.ofSeconds(30)).until(() -> chat.events(room).size() == 1);
      List<UUID> tries = chat.tries().subList(triesBefore, chat.tries().size());
      assertThat(tries).hasSizeGreaterThanOrEqualTo(3);
      assertThat(tries).containsOnly(chat.events(room).getFirst().eventId());
    }
  }

  @Test
  void tellsAnOperatorHowItIs() throws Exception {
    Person ada = chat.person("ada");
    service.put(ada, MINE + "metric", "hello");
    service.get(ada, MINE + "metric");

    assertThat(management("/actuator/health/readiness")).contains("UP");
    assertThat(management("/actuator/health/liveness")).contains("UP");
    assertThat(management("/actuator/prometheus"))
        .contains("tercet_upload_bytes_total", "tercet_download_bytes_total")
        .contains("tercet_outbox_backlog", "http_server_requests_seconds_count");
  }

  private String management(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + service.managementPort() + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
