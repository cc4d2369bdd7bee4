package io.tercet.files.http;

import static io.tercet.files.RunningService.encoded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of files at every door of HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesTest {
  private static final String MINE = "/api/files/people/me/";

  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service = RunningService.start(data, chat);
    ada = chat.person("ada");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u2028b", "a\u2029b", "exe\u202efdp", "a\u200bb", "\ufeffa"})
  void thatDeceiveAreRefusedAtEveryDoor(String name) throws Exception {
    service.put(ada, MINE + "there", "x");
    String form =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\""
            + name
            + "\"\r\n\r\nx\r\n--B--\r\n";
    String move = "{\"from\":\"people/me/there\",\"to\":\"people/me/" + name + "\"}";

    assertThat(service.put(ada, MINE + encoded(name), "x").problem()).isEqualTo("400 invalid-path");
    assertThat(service.put(ada, MINE + encoded(name) + "/", "").problem())
        .isEqualTo("400 invalid-path");
    assertThat(service.put(ada, MINE + encoded(name) + "/below", "x").problem())
        .isEqualTo("400 invalid-path");
    assertThat(service.json(ada, "POST", "/api/files/moves", move).problem())
        .isEqualTo("400 invalid-path");
    assertThat(
            service
                .send(
                    ada,
                    "POST",
                    MINE,
                    form.getBytes(UTF_8),
                    "Content-Type",
                    "multipart/form-data; boundary=B")
                .problem())
        .isEqualTo("400 invalid-path");
  }

  @Test
  void thatAreAcceptedCanBeReached() throws Exception {
    for (String name : namesThatMayBe()) {
      service.put(ada, MINE + "source", "x");
      String move =
          "{\"from\":\"people/me/source\",\"to\":\"people/me/odd/" + escaped(name) + "\"}";

      assertThat(service.json(ada, "POST", "/api/files/moves", move).status())
          .as(name)
          .isEqualTo(200);
      assertThat(service.get(ada, MINE + "odd/" + encoded(name)).text()).as(name).isEqualTo("x");
    }
  }

  /// One name for each blank, mark, symbol or sign of Latin-1 and of general punctuation.
  private static List<String> namesThatMayBe() {
    List<String> names = new ArrayList<>();
    for (int c = ' '; c < 0x2100; c = c == 0xff ? 0x2000 : c + 1) {
      String name = "n" + Character.toString(c) + "n";
      if (!Character.isLetterOrDigit(c) && c != '/' && mayBe(name)) {
        names.add(name);
      }
    }
    assertThat(names).hasSizeGreaterThan(150);
    return names;
  }

  private static boolean mayBe(String name) {
    try {
      return FilePath.newName(name).equals(name);
    } catch (ProblemException _) {
      return false;
    }
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @Test
  void fromBeforeCanBeReadRenamedAndDeleted() throws Exception {
    service.put(ada, MINE + "from-before", "x");
    service
        .bean(Catalog.class)
        .write(tree ->
            tree.jdbc()
                .sql("update node set name = ? where space = ? and name = 'from-before'")
                .params("from\u200bbefore", new Space.Home(ada.personId()).key())
                .update());

    assertThat(service.names(ada, MINE)).contains("from\u200bbefore");
    assertThat(service.put(ada, MINE + encoded("from\u200bbefore"), "y").status()).isEqualTo(200);
    String move =
        "{\"from\":\"people/me/from\u200bbefore\",\"to\":\"people/me/moved/from\u200bbefore\"}";
    assertThat(service.json(ada, "POST", "/api/files/moves", move).status()).isEqualTo(200);
    assertThat(service.delete(ada, MINE + "moved/" + encoded("from\u200bbefore")).status())
        .isEqualTo(204);
  }
}
