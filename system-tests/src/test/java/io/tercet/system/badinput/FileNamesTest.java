package io.tercet.system.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Curl;
import io.tercet.system.client.Json;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that a file may have, and names that lead out of the folder or nowhere.
@DrivesTheStack
class FileNamesTest {

  private static final String MINE = "/api/files/people/me/";

  private final Stack stack;
  private final Path folder;
  private Curl curl;

  FileNamesTest(Stack stack, @TempDir Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  @BeforeEach
  void enter() throws IOException {
    curl = Curl.as(Person.guest(stack, "ada"), folder);
    Files.writeString(folder.resolve("f"), "bytes");
  }

  @AfterEach
  void theFolderIsWhole() {
    assertThat(curl.run(MINE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../../x",
        "%2e%2e/x",
        "%2e%2e%2fx",
        "a%2fb",
        "a%5cb/../../../x",
        "nul%00.txt",
        "line%0abreak",
        "%7f",
        "%ff%fe"
      })
  void refusesANameThatIsNone(String name) {
    assertThat(curl.run(MINE + name, "--upload-file", "f").status()).isIn(400, 404, 405);
    assertThat(Json.parse(curl.run(MINE).text()).path("items")).isEmpty();
  }

  @Test
  void refusesANameOf300Characters() {
    assertThat(curl.run(MINE + "x".repeat(300), "--upload-file", "f").outcome())
        .isEqualTo("400 invalid-path");
  }

  @Test
  void refusesAPathOf33Names() {
    assertThat(curl.run(MINE + "d/".repeat(32) + "f", "--upload-file", "f").outcome())
        .isEqualTo("400 invalid-path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../../x", "", "/", "nul\\u0000", "a\\nb"})
  void movesNothingToANameThatIsNone(String name) {
    curl.run(MINE + "here.txt", "--upload-file", "f").expect(201);

    String body = "{\"from\":\"people/me/here.txt\",\"to\":\"people/me/" + name + "\"}";

    assertThat(
            curl.run(
                    "/api/files/moves",
                    "--header",
                    "Content-Type: application/json",
                    "--data",
                    body)
                .status())
        .isIn(400, 409);
    curl.run(MINE + "here.txt").expect(200);
  }

  @Test
  void refusesAFormUploadOfSuchAName() {
    assertThat(curl.run(MINE, "--form", "file=@f;filename=\"..\"").outcome())
        .isEqualTo("400 invalid-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%F0%9F%91%8B.txt",
        "%E4%BD%A0%E5%A5%BD.txt",
        "with%20space%20%26%20%2B%20%25%20%23%3F.txt",
        "..hidden..",
        "CON"
      })
  void keepsANameOfAnyScript(String name) {
    String stored = curl.run(MINE + name, "--upload-file", "f").expect(201).text();

    assertThat(curl.run(MINE + name).expect(200).text()).isEqualTo("bytes");
    assertThat(Json.parse(curl.run(MINE).text()).path("items").findValuesAsString("name"))
        .containsExactly(Json.parse(stored).path("name").asString());
  }
}
