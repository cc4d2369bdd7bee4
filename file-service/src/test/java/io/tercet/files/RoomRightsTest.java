package io.tercet.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the creator of a room, and what its other members may do with its files.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomRightsTest {
  private ChatStub chat;
  private RunningService service;
  private Person creator;
  private Person member;
  private Person guest;
  private UUID room;
  private String folder;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.folder.purge-pause=50ms",
            "--tercet.files.site.upkeep-pause=50ms",
            "--tercet.files.site.announce-pause=50ms");
    creator = chat.person("ada");
    member = chat.person("grace");
    guest = new Person(UUID.randomUUID(), "visitor", true);
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @BeforeEach
  void makeRoom() {
    room = chat.room("plans", creator, member, guest);
    folder = "/api/files/rooms/" + room + "/";
  }

  private Answer publish(Person person, String site, String path) throws Exception {
    return service.json(person, "PUT", "/api/sites/" + site, "{\"folder\":\"%s\"}".formatted(path));
  }

  private Answer move(Person person, String from, String to) throws Exception {
    String body = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to);
    return service.json(person, "POST", "/api/files/moves", body);
  }

  @Test
  void membersTakeAwayWhatTheyStoredAndTheCreatorTakesAwayAll() throws Exception {
    service.put(member, folder + "hers", "x");
    service.put(guest, folder + "his", "y");
    service.put(guest, folder + "another", "z");
    String path = "rooms/" + room + "/hers";

    assertThat(service.delete(guest, folder + "hers").problem()).isEqualTo("403 creator-only");
    assertThat(move(guest, path, "people/me/hers").problem()).isEqualTo("403 creator-only");
    assertThat(move(guest, path, "rooms/" + room + "/x").problem()).isEqualTo("403 creator-only");
    assertThat(service.get(member, folder + "hers").text()).isEqualTo("x");
    assertThat(service.delete(guest, folder + "his").status()).isEqualTo(204);
    assertThat(service.delete(creator, folder + "another").status()).isEqualTo(204);
    assertThat(move(member, path, "people/me/hers").status()).isEqualTo(200);
  }

  @Test
  void guestsReplaceOnlyWhatTheyStored() throws Exception {
    service.put(member, folder + "hers", "hers");
    service.put(guest, folder + "his", "his");
    service.put(guest, folder + "more", "more");
    String more = "rooms/" + room + "/more";
    String hers = "rooms/" + room + "/hers";

    assertThat(service.put(guest, folder + "hers", "x").problem())
        .isEqualTo("403 guests-not-allowed");
    assertThat(replace(guest, more, hers).problem()).isEqualTo("403 guests-not-allowed");
    assertThat(service.get(member, folder + "hers").text()).isEqualTo("hers");
    assertThat(service.get(guest, folder + "more").text()).isEqualTo("more");
    assertThat(service.put(guest, folder + "his", "his again").status()).isEqualTo(200);
    assertThat(replace(guest, more, "rooms/" + room + "/his").status()).isEqualTo(200);
    assertThat(service.put(member, folder + "his", "hers now").status()).isEqualTo(200);
    assertThat(service.put(creator, folder + "hers", "the creator's").status()).isEqualTo(200);
  }

  private Answer replace(Person person, String from, String to) throws Exception {
    String body = "{\"from\":\"%s\",\"to\":\"%s\",\"replace\":true}".formatted(from, to);
    return service.json(person, "POST", "/api/files/moves", body);
  }

  @Test
  void whatOthersWroteOverAFileIsNotItsMakersToRemoveForGood() throws Exception {
    service.put(guest, folder + "his/notes", "his " + room);
    service.put(guest, folder + "alone", "alone " + room);
    service.put(member, folder + "his/notes", "hers " + room);
    long stored = service.filesUnder("blobs");

    assertThat(service.delete(guest, folder + "his/").problem()).isEqualTo("403 creator-only");
    assertThat(service.delete(guest, folder + "his/notes").status()).isEqualTo(204);
    assertThat(service.delete(guest, folder + "alone").status()).isEqualTo(204);
    service.delete(guest, "/api/files/bin/rooms/" + room);
    await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == stored - 1);
    assertThat(inTheBin()).containsExactly("notes");

    service.delete(creator, "/api/files/bin/rooms/" + room);
    await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == stored - 3);
  }

  private List<String> inTheBin() {
    return service
        .bean(Catalog.class)
        .read(tree ->
            tree.jdbc()
                .sql("select name from deleted where space = ? and purging = 0")
                .param("rooms/" + room)
                .query(String.class)
                .list());
  }

  @Test
  void aGuestIsRefusedBeforeTheBytesArrive() throws Exception {
    service.put(member, folder + "hers", "hers");

    String answer =
        service.raw(
            "PUT "
                + folder
                + "hers HTTP/1.1\r\nHost: t\r\n"
                + service.bearer(guest)
                + "Content-Length: 1000000\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 403").contains("guests-not-allowed");
  }

  @Test
  void aFormOfAGuestStoresBesideWhatOthersStored() throws Exception {
    service.put(member, folder + "plan.txt", "hers");
    String form =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"plan.txt\"\r\n\r\nhis\r\n"
            + "--B--\r\n";

    Answer stored =
        service.send(
            guest,
            "POST",
            folder,
            form.getBytes(UTF_8),
            "Content-Type",
            "multipart/form-data; boundary=B");

    assertThat(stored.status()).isEqualTo(201);
    assertThat(service.names(member, folder)).containsExactly("plan (2).txt", "plan.txt");
  }

  @Test
  void aFolderThatHoldsWhatOthersStoredIsTheCreatorsToDelete() throws Exception {
    service.put(guest, folder + "d/deep/his", "y");
    service.put(guest, folder + "own/his", "y");
    service.put(member, folder + "d/deep/hers", "x");

    assertThat(service.delete(guest, folder + "d/").problem()).isEqualTo("403 creator-only");
    assertThat(service.delete(guest, folder + "d/deep/").problem()).isEqualTo("403 creator-only");
    assertThat(service.delete(member, folder + "own/").problem()).isEqualTo("403 creator-only");
    assertThat(service.delete(guest, folder + "own/").status()).isEqualTo(204);
    assertThat(service.delete(creator, folder + "d/").status()).isEqualTo(204);
  }

  @Test
  void aFolderThatWasMovedAboveOthersFilesIsTheCreatorsToDelete() throws Exception {
    service.put(member, folder + "hers/x", "x");
    service.put(guest, folder + "his/y", "y");
    move(member, "rooms/" + room + "/hers", "rooms/" + room + "/his/hers");

    assertThat(service.delete(guest, folder + "his/").problem()).isEqualTo("403 creator-only");
  }

  @Test
  void whatIsDeletedLiesInABinThatThoseMayEmptyWhoMayDelete() throws Exception {
    service.put(member, folder + "hers", "hers " + room);
    service.put(guest, folder + "his", "his " + room);
    long stored = service.filesUnder("blobs");
    service.delete(member, folder + "hers");
    service.delete(guest, folder + "his");
    assertThat(service.names(member, folder)).isEmpty();

    assertThat(service.delete(guest, "/api/files/bin/rooms/" + room).status()).isEqualTo(204);
    await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == stored - 1);

    assertThat(service.delete(creator, "/api/files/bin/rooms/" + room).status()).isEqualTo(204);
    await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == stored - 2);
    assertThat(service.delete(chat.person("stranger"), "/api/files/bin/rooms/" + room).problem())
        .isEqualTo("404 room-not-found");
  }

  @Test
  void onlyTheCreatorPublishesAndNobodyPublishesTheLobby() throws Exception {
    UUID lobby = chat.roomOfNobody("lobby", creator, member);
    service.put(member, folder + "web/index.html", "<p>");
    service.put(member, "/api/files/rooms/" + lobby + "/index.html", "<p>");

    assertThat(publish(member, "theirs", "rooms/" + room + "/web").problem())
        .isEqualTo("403 creator-only");
    assertThat(publish(creator, "lobbys", "rooms/" + lobby).problem())
        .isEqualTo("403 creator-only");
    assertThat(publish(creator, "ours", "rooms/" + room + "/web").status()).isEqualTo(201);
  }

  @Test
  void membersSeeWhatIsPublishedFromTheirRoom() throws Exception {
    service.put(creator, folder + "index.html", "<p>");
    publish(creator, "seen", "rooms/" + room);

    Answer sites = service.get(member, "/api/sites?folder=rooms/" + room);

    assertThat(sites.json().get("sites")).hasSize(1);
    assertThat(sites.json().get("sites").get(0).get("url").asString()).contains("seen");
    assertThat(service.get(chat.person("stranger"), "/api/sites?folder=rooms/" + room).problem())
        .isEqualTo("404 room-not-found");
    assertThat(service.get(member, "/api/sites?folder=people/me").problem())
        .isEqualTo("400 invalid-request");
  }

  @Test
  void theRoomIsToldWhenItsFolderIsPublicAndWhenNoMore() throws Exception {
    service.put(creator, folder + "index.html", "<p>");
    service.put(creator, "/api/files/people/me/told/index.html", "<p>");
    publish(creator, "told", "rooms/" + room);
    publish(creator, "told", "rooms/" + room);
    await().atMost(Duration.ofSeconds(60)).until(() -> told("told").equals(List.of(true)));

    publish(creator, "told", "people/me/told");

    await().atMost(Duration.ofSeconds(60)).until(() -> told("told").equals(List.of(true, false)));
  }

  private List<Boolean> told(String site) {
    return chat.sites().stream()
        .map(event -> event.get("site"))
        .filter(told -> told.get("site").asString().equals(site))
        .map(told -> told.get("published").asBoolean())
        .toList();
  }

  @Test
  void aSiteEndsWithTheRightToPublishItAndTheRoomIsTold() throws Exception {
    service.put(creator, folder + "index.html", "<p>");
    publish(creator, "ending", "rooms/" + room);
    await().atMost(Duration.ofSeconds(60)).until(() -> told("ending").equals(List.of(true)));

    chat.leave(room, creator);

    await().atMost(Duration.ofSeconds(60)).until(() -> told("ending").equals(List.of(true, false)));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            service.get(creator, "/api/sites").json().get("sites").findValues("site").stream()
                .noneMatch(site -> site.asString().equals("ending")));
  }
}
