package io.tercet.system.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Bytes;
import io.tercet.system.client.Curl;
import io.tercet.system.client.Curl.Shown;
import io.tercet.system.client.Json;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Somebody keeps files in a folder of their own, with curl.
@DrivesTheStack
class FilesTest {

  private static final String MINE = "/api/files/people/me/";

  private final Stack stack;
  private final Path folder;
  private Curl curl;

  FilesTest(Stack stack, @TempDir Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  @BeforeEach
  void enter() {
    curl = Curl.as(Person.guest(stack, "ada"), folder);
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    byte[] bytes = Bytes.random(3_000_000);

    Shown stored = put("engine.bin", bytes).expect(201);
    Shown read = curl.run(MINE + "engine.bin").expect(200);

    assertThat(read.body()).isEqualTo(bytes);
    assertThat(read.header("ETag")).isEqualTo("\"" + Bytes.sha256(bytes) + "\"");
    JsonNode item = Json.parse(stored.text());
    assertThat(item.path("sha256").asString()).isEqualTo(Bytes.sha256(bytes));
    assertThat(item.path("size").asLong()).isEqualTo(bytes.length);
  }

  @Test
  void neverLetsABrowserRunWhatSomebodyUploaded() throws IOException {
    put("page.html", "<script>alert(1)</script>".getBytes()).expect(201);

    Shown read = curl.run(MINE + "page.html").expect(200);

    assertThat(read.header("Content-Disposition")).startsWith("attachment");
    assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(read.header("Content-Security-Policy")).contains("sandbox");
  }

  @Test
  void resumesADownloadInTheMiddle() throws IOException {
    byte[] bytes = Bytes.random(100_000);
    put("song.flac", bytes).expect(201);

    Shown middle = curl.run(MINE + "song.flac", "--range", "1000-1999").expect(206);
    Shown end = curl.run(MINE + "song.flac", "--range", "99000-").expect(206);

    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(bytes, 1_000, 2_000));
    assertThat(middle.header("Content-Range")).isEqualTo("bytes 1000-1999/100000");
    assertThat(end.body()).isEqualTo(Arrays.copyOfRange(bytes, 99_000, 100_000));
  }

  @Test
  void sendsNothingThatTheReaderHas() throws IOException {
    String tag = etagOf(put("notes.txt", "one".getBytes()).expect(201));

    assertThat(curl.run(MINE + "notes.txt", "--header", "If-None-Match: " + tag).status())
        .isEqualTo(304);
  }

  @Test
  void replacesOnlyWhatTheWriterKnows() throws IOException {
    String tag = etagOf(put("notes.txt", "one".getBytes()).expect(201));

    put("notes.txt", "two".getBytes(), "--header", "If-None-Match: *").expect(412);
    put("notes.txt", "two".getBytes(), "--header", "If-Match: " + tag).expect(200);
    put("notes.txt", "three".getBytes(), "--header", "If-Match: " + tag).expect(412);

    assertThat(curl.run(MINE + "notes.txt").text()).isEqualTo("two");
  }

  private static String etagOf(Shown stored) {
    return "\"" + Json.parse(stored.text()).path("sha256").asString() + "\"";
  }

  @Test
  void keepsBothOfTwoFormUploadsWithOneName() throws IOException {
    Files.writeString(folder.resolve("plan.txt"), "the plan");

    curl.run(MINE + "drop/", "--form", "file=@plan.txt").expect(201);
    curl.run(MINE + "drop/", "--form", "file=@plan.txt").expect(201);

    assertThat(names("drop/")).containsExactlyInAnyOrder("plan.txt", "plan (2).txt");
    assertThat(curl.run(MINE + "drop/plan%20(2).txt").text()).isEqualTo("the plan");
  }

  @Test
  void movesAndDeletes() throws IOException {
    put("a/old.txt", "words".getBytes()).expect(201);
    put("a/other.txt", "words".getBytes()).expect(201);

    curl.run(
            "/api/files/moves",
            "--header",
            "Content-Type: application/json",
            "--data",
            "{\"from\":\"people/me/a/old.txt\",\"to\":\"people/me/b/new.txt\"}")
        .expect(200);
    curl.run(MINE + "a/other.txt", "--request", "DELETE").expect(204);

    assertThat(names("a/")).isEmpty();
    assertThat(names("b/")).containsExactly("new.txt");
    assertThat(curl.run(MINE + "b/new.txt").text()).isEqualTo("words");
    assertThat(curl.run(MINE + "a/old.txt").outcome()).isEqualTo("404 file-not-found");
  }

  @Test
  void listsFoldersFirstAndAPageAtATime() throws IOException {
    put("list/b.txt", "b".getBytes()).expect(201);
    put("list/a.txt", "a".getBytes()).expect(201);
    put("list/zoo/lion.txt", "l".getBytes()).expect(201);

    JsonNode first = Json.parse(curl.run(MINE + "list/?limit=2").expect(200).text());
    String rest = MINE + "list/?limit=2&after=" + first.path("next").asString();
    JsonNode second = Json.parse(curl.run(rest).expect(200).text());

    assertThat(first.path("items").findValuesAsString("name")).containsExactly("zoo", "a.txt");
    assertThat(first.path("more").asBoolean()).isTrue();
    assertThat(second.path("items").findValuesAsString("name")).containsExactly("b.txt");
  }

  @Test
  void carriesAFileLargerThanTheMemoryOfAnyService() throws IOException {
    Path large = folder.resolve("large.bin");
    try (var file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(200L << 20);
      file.write(Bytes.random(1 << 20));
    }

    curl = Curl.as(Person.registered(stack, "ada"), folder); // a guest may store less
    curl.run(MINE + "large.bin", "--upload-file", "large.bin").expect(201);
    Shown end = curl.run(MINE + "large.bin", "--range", "0-1048575").expect(206);

    assertThat(Bytes.sha256(end.body())).isEqualTo(Bytes.sha256(firstMegabyte(large)));
    curl.run(MINE + "large.bin", "--request", "DELETE").expect(204);
  }

  private static byte[] firstMegabyte(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(1 << 20);
    }
  }

  private Shown put(String path, byte[] bytes, String... more) throws IOException {
    Files.write(folder.resolve(".upload"), bytes);
    String[] arguments = Arrays.copyOf(more, more.length + 2);
    arguments[more.length] = "--upload-file";
    arguments[more.length + 1] = ".upload";
    return curl.run(MINE + path, arguments);
  }

  private List<String> names(String path) {
    return Json.parse(curl.run(MINE + path).expect(200).text())
        .path("items")
        .findValuesAsString("name");
  }
}
