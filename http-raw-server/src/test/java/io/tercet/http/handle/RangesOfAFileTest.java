package io.tercet.http.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.file.FileServingOptions;
import io.tercet.http.message.Body;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Version;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of a file, one or several, and whether they are sent.
class RangesOfAFileTest extends ServedFolder {
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
    assertThat(body(response)).contains("\r\n\r\nyz\r\n--line").contains("\r\n\r\nab\r\n--line--");
    response.body().release();
  }

  @Test
  void dependOnIfRange() throws IOException {
    FileTime earlier = FileTime.from(Instant.parse("1994-11-06T08:49:36Z"));
    Files.setLastModifiedTime(root.resolve("letters.txt"), earlier);
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

  /// Within a second two states of a file have the same date, and a client may have the other.
  @Test
  void areNotSentForADateWhoseSecondWasNotOver() throws IOException {
    Instant changed = Instant.parse("2026-01-02T03:04:05.1Z");
    Files.setLastModifiedTime(root.resolve("letters.txt"), FileTime.from(changed));
    String date = "Fri, 02 Jan 2026 03:04:05 GMT";
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.9Z"));
    files =
        new StaticFiles(
            new PosixFileTree(root), cache, () -> "line", FileServingOptions.DEFAULT, now::get);
    assertThat(get("/letters.txt", "Range", "bytes=0-2", "If-Range", date).status().code())
        .isEqualTo(200);
    now.set(Instant.parse("2026-01-02T03:04:06Z"));
    nanos.addAndGet(1_000_000_001L);
    assertThat(get("/letters.txt", "Range", "bytes=0-2", "If-Range", date).status().code())
        .isEqualTo(206);
  }
}
