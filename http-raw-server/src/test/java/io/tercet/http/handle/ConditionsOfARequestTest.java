package io.tercet.http.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a client knows already, and what follows from it.
class ConditionsOfARequestTest extends ServedFolder {
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
