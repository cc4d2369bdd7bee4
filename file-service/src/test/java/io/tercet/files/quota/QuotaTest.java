package io.tercet.files.quota;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people, guests and rooms may store, from outside.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaTest {
  private static final String MINE = "/api/files/people/me/";

  private ChatStub chat;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.quota.person-bytes=4000B",
            "--tercet.files.quota.person-items=10",
            "--tercet.files.quota.guest-bytes=1000B",
            "--tercet.files.quota.guest-items=5",
            "--tercet.files.quota.room-items=6",
            "--tercet.files.quota.room-bytes=5000B",
            "--tercet.files.catalog.folder-items-max=3");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  private static Person guest() {
    return new Person(UUID.randomUUID(), "gus", true);
  }

  private Answer put(Person person, String path, int bytes) throws Exception {
    return service.put(person, path, "x".repeat(bytes));
  }

  @Test
  void saysHowMuchIsLeft() throws Exception {
    Person gus = guest();
    put(gus, MINE + "a", 600);

    Answer refused = put(gus, MINE + "b", 401);

    assertThat(refused.problem()).isEqualTo("413 quota-exceeded");
    assertThat(refused.json().get("detail").asString()).startsWith("400 bytes are left");
    assertThat(put(gus, MINE + "b", 400).status()).isEqualTo(201);
  }

  @Test
  void tellsWhatAPersonStoresAndMayStore() throws Exception {
    Person gus = guest();
    put(gus, MINE + "d/a", 600);

    JsonNode usage = service.get(gus, "/api/files/usage").json();

    assertThat(usage.get("bytes").asLong()).isEqualTo(600);
    assertThat(usage.get("bytesMax").asLong()).isEqualTo(1000);
    assertThat(usage.get("items").asLong()).isEqualTo(2);
    assertThat(usage.get("itemsMax").asLong()).isEqualTo(5);
  }

  @Test
  void refusesWhatIsAnnouncedBeforeItArrives() throws Exception {
    String answer =
        service.raw(
            "PUT "
                + MINE
                + "big HTTP/1.1\r\nHost: t\r\n"
                + service.bearer(guest())
                + "Content-Length: 1001\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413").contains("quota-exceeded");
  }

  @Test
  void endsAnUploadOfUnknownLengthThatIsTooLarge() throws Exception {
    Person gus = guest();
    HttpRequest unannounced =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + MINE + "c"))
            .header("Authorization", "Bearer " + chat.token(gus))
            .PUT(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[1001])))
            .build();

    Answer refused =
        new Answer(HttpClient.newHttpClient().send(unannounced, BodyHandlers.ofByteArray()));

    assertThat(refused.problem()).isEqualTo("413 quota-exceeded");
    assertThat(service.get(gus, MINE + "c").problem()).isEqualTo("404 file-not-found");
    assertThat(put(gus, MINE + "c", 1000).status()).isEqualTo(201);
  }

  @Test
  void countsAllFilesOfAForm() throws Exception {
    Person gus = guest();
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
            + "x".repeat(501)
            + "\r\n";
    String type = "multipart/form-data; boundary=B";

    byte[] form = (part + part + "--B--\r\n").getBytes(UTF_8);

    assertThat(service.send(gus, "POST", MINE, form, "Content-Type", type).problem())
        .isEqualTo("413 quota-exceeded");
    assertThat(service.names(gus, MINE)).isEmpty();
  }

  @Test
  void countsOlderVersions() throws Exception {
    Person gus = guest();
    put(gus, MINE + "v", 500);
    put(gus, MINE + "v", 500);

    assertThat(put(gus, MINE + "v", 1).problem()).isEqualTo("413 quota-exceeded");
  }

  @Test
  void countsWhatAPersonStoresInRooms() throws Exception {
    Person gus = guest();
    UUID first = chat.room("first", gus);
    UUID second = chat.room("second", gus);
    put(gus, "/api/files/rooms/" + first + "/a", 600);

    assertThat(put(gus, "/api/files/rooms/" + second + "/b", 600).problem())
        .isEqualTo("413 quota-exceeded");
  }

  @Test
  void countsWhatAllPeopleStoreInARoom() throws Exception {
    Person ada = chat.person("ada");
    Person bob = chat.person("bob");
    String room = "/api/files/rooms/" + chat.room("full", ada, bob) + "/";
    put(ada, room + "a", 3000);

    Answer refused = put(bob, room + "b", 3000);

    assertThat(refused.problem()).isEqualTo("413 quota-exceeded");
    assertThat(refused.json().get("detail").asString()).startsWith("2000 bytes are left");
  }

  @Test
  void refusesToMoveMoreIntoARoomThanItHolds() throws Exception {
    Person ada = chat.person("ada");
    Person bob = chat.person("bob");
    UUID id = chat.room("nearly full", ada, bob);
    put(ada, "/api/files/rooms/" + id + "/a", 3000);
    put(bob, MINE + "b", 3000);
    String move = "{\"from\":\"people/me/b\",\"to\":\"rooms/" + id + "/b\"}";

    assertThat(service.json(bob, "POST", "/api/files/moves", move).problem())
        .isEqualTo("413 quota-exceeded");
    assertThat(service.get(bob, MINE + "b").status()).isEqualTo(200);
  }

  @Test
  void refusesMoreItemsInAFolderThanItHolds() throws Exception {
    Person ada = chat.person("ada");
    put(ada, MINE + "d/1", 1);
    put(ada, MINE + "d/2", 1);
    put(ada, MINE + "d/3", 1);
    put(ada, MINE + "4", 1);
    String move = "{\"from\":\"people/me/4\",\"to\":\"people/me/d/4\"}";

    assertThat(put(ada, MINE + "d/4", 1).problem()).isEqualTo("413 quota-exceeded");
    assertThat(put(ada, MINE + "d/4/5", 1).problem()).isEqualTo("413 quota-exceeded");
    assertThat(put(ada, MINE + "d/4/", 0).problem()).isEqualTo("413 quota-exceeded");
    assertThat(service.json(ada, "POST", "/api/files/moves", move).problem())
        .isEqualTo("413 quota-exceeded");
    assertThat(put(ada, MINE + "d/3", 2).status()).isEqualTo(200);
  }

  @Test
  void refusesMoreItemsOfAGuestThanItMayHave() throws Exception {
    Person gus = guest();
    String room = "/api/files/rooms/" + chat.room("of guests", gus) + "/";
    put(gus, MINE + "d/a", 0);
    put(gus, MINE + "d/b", 0);
    put(gus, room + "e/", 0);

    assertThat(put(gus, room + "e/f/g", 0).problem()).isEqualTo("413 quota-exceeded");
    assertThat(put(gus, room + "e/g", 0).status()).isEqualTo(201);
    Answer refused = put(gus, room + "h/", 0);
    assertThat(refused.problem()).isEqualTo("413 quota-exceeded");
    assertThat(refused.json().get("detail").asString())
        .startsWith("0 of 5 files and folders are left");
    assertThat(put(gus, MINE + "d/a", 1).status()).isEqualTo(200);
  }

  @Test
  void refusesMoreItemsInARoomThanItHolds() throws Exception {
    Person ada = chat.person("ada");
    Person bob = chat.person("bob");
    UUID id = chat.room("many", ada, bob);
    String room = "/api/files/rooms/" + id + "/";
    put(ada, room + "1/a", 0);
    put(ada, room + "1/b", 0);
    put(bob, room + "2/a", 0);
    put(bob, room + "2/b", 0);
    put(bob, MINE + "c", 0);
    String move = "{\"from\":\"people/me/c\",\"to\":\"rooms/" + id + "/2/c\"}";

    Answer refused = put(bob, room + "2/c", 0);

    assertThat(refused.problem()).isEqualTo("413 quota-exceeded");
    assertThat(refused.json().get("detail").asString())
        .startsWith("0 of 6 files and folders are left");
    assertThat(service.json(bob, "POST", "/api/files/moves", move).problem())
        .isEqualTo("413 quota-exceeded");
    assertThat(service.names(bob, room + "2/")).containsExactly("a", "b");
    assertThat(put(ada, room + "2/a", 1).status()).isEqualTo(200);
  }

  @Test
  void refusesMoreItemsOfAPersonThanItMayHave() throws Exception {
    Person ada = chat.person("ada");
    for (int folder = 1; folder <= 2; folder++) {
      put(ada, MINE + folder + "/a", 0);
      put(ada, MINE + folder + "/b", 0);
      put(ada, MINE + folder + "/c", 0);
    }
    put(ada, MINE + "3/a", 0);

    assertThat(put(ada, MINE + "3/b", 0).problem()).isEqualTo("413 quota-exceeded");
    assertThat(service.delete(ada, MINE + "3/a").status()).isEqualTo(204);
  }
}
