package io.tercet.files.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import io.tercet.files.outbox.Outbox.PendingEvent;
import io.tercet.files.outbox.Outbox.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often a room hears of files.
class OutboxTest {
  @TempDir private Path data;

  @Test
  void tellsOnceOfAFileThatIsStoredThreeHundredTimes() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = RunningService.start(data, chat)) {
      Person gus = new Person(UUID.randomUUID(), "gus", true);
      UUID room = chat.room("r", gus);
      for (int i = 0; i < 300; i++) {
        service.put(gus, "/api/files/rooms/" + room + "/a.txt", "version " + i);
      }

      await().atMost(Duration.ofSeconds(30)).until(() -> !chat.events(room).isEmpty());
      assertThat(chat.events(room)).hasSize(1);
      assertThat(service.bean(Outbox.class).backlog()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void tellsOfTheNewestVersionWhenTheWindowIsOver() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(data, chat, "--tercet.files.outbox.file-window=1s")) {
      Person ada = chat.person("ada");
      UUID room = chat.room("r", ada);
      for (int i = 1; i <= 20; i++) {
        service.put(ada, "/api/files/rooms/" + room + "/a.txt", "version " + i);
      }

      await().atMost(Duration.ofSeconds(30)).until(() -> versions(chat, room).contains(20));
      assertThat(versions(chat, room)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void confirmsEachVersionOfAFileOfAMessageAndAnnouncesNone() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = RunningService.start(data, chat)) {
      Person ada = chat.person("ada");
      UUID room = chat.room("r", ada);
      String path = "/api/files/rooms/" + room + "/a.txt";
      for (int i = 1; i <= 3; i++) {
        service.put(ada, path + "?announce=no", "version " + i);
      }
      service.put(ada, path, "version 4");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> chat.confirmed().size() == 3 && !chat.events(room).isEmpty());
      assertThat(chat.confirmed())
          .allSatisfy(file -> {
            assertThat(file.get("personId").asString()).isEqualTo(ada.personId().toString());
            assertThat(file.get("file").get("name").asString()).isEqualTo("a.txt");
          });
      assertThat(chat.confirmed().stream().map(file -> file.get("file").get("version").asInt()))
          .containsExactly(1, 2, 3);
      assertThat(versions(chat, room)).containsExactly(4);
    }
  }

  @Test
  void waitsForAChatServiceThatKnowsOfFilesOfMessages() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = RunningService.start(data, chat)) {
      chat.confirmNothing(true);
      Person ada = chat.person("ada");
      UUID room = chat.room("r", ada);
      UUID other = chat.room("other", ada);
      service.put(ada, "/api/files/rooms/" + room + "/a.txt?announce=no", "x");
      service.put(ada, "/api/files/rooms/" + other + "/b.txt", "x");
      await().atMost(Duration.ofSeconds(30)).until(() -> !chat.events(other).isEmpty());
      assertThat(service.bean(Outbox.class).backlog()).isEqualTo(1);

      chat.confirmNothing(false);
      await().atMost(Duration.ofSeconds(30)).until(() -> !chat.confirmed().isEmpty());
      assertThat(chat.events(room)).isEmpty();
    }
  }

  @Test
  void refusesFilesOfMessagesOfWhoStoresTooManyAndKeepsThePaceOfTheOthers() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(
                data,
                chat,
                "--tercet.files.outbox.person-burst=3",
                "--tercet.files.outbox.person-pause=1h",
                "--tercet.files.outbox.delay-max=30m")) {
      Person ada = chat.person("ada");
      Person bob = chat.person("bob");
      UUID room = chat.room("r", ada, bob);
      String folder = "/api/files/rooms/" + room + "/";
      for (int i = 1; i <= 3; i++) {
        assertThat(service.put(ada, folder + i + "?announce=no", "x").status()).isEqualTo(201);
      }

      RunningService.Answer refused = service.put(ada, folder + "4?announce=no", "x");

      assertThat(refused.problem()).isEqualTo("429 too-fast");
      assertThat(refused.header("Retry-After")).isEqualTo("3600");
      assertThat(service.put(bob, folder + "of-bob?announce=no", "x").status()).isEqualTo(201);
      assertThat(service.put(ada, folder + "announced", "x").status()).isEqualTo(201);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> chat.confirmed().size() == 4 && chat.events(room).size() == 1);
      assertThat(service.names(ada, folder)).containsExactly("1", "2", "3", "announced", "of-bob");
    }
  }

  private static List<Integer> versions(ChatStub chat, UUID room) {
    return chat.events(room).stream().map(event -> event.file().get("version").asInt()).toList();
  }

  @Test
  void keepsWhatCameWhileItToldOfTheVersionBefore() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(
                data,
                chat,
                "--tercet.files.outbox.retry-first=1h",
                "--tercet.files.outbox.retry-max=1h",
                "--tercet.files.outbox.file-window=0s")) {
      chat.failNext(Integer.MAX_VALUE);
      Person ada = chat.person("ada");
      UUID room = chat.room("r", ada);
      Outbox outbox = service.bean(Outbox.class);
      service.put(ada, "/api/files/rooms/" + room + "/a.txt", "one");
      PendingEvent first = outbox.due(Position.FIRST, 10).getFirst();
      service.put(ada, "/api/files/rooms/" + room + "/a.txt", "two");

      outbox.remove(first);

      assertThat(outbox.due(Position.FIRST, 10))
          .singleElement()
          .satisfies(second -> {
            assertThat(second.event().version()).isEqualTo(2);
            assertThat(second.event().eventId()).isNotEqualTo(first.event().eventId());
          });
      outbox.remove(outbox.due(Position.FIRST, 10).getFirst());
      assertThat(outbox.backlog()).isZero();
    }
  }

  @Test
  void tellsNothingOfTheFilesOfWhoStoresTooMany() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(
                data,
                chat,
                "--tercet.files.outbox.person-burst=3",
                "--tercet.files.outbox.person-pause=1h",
                "--tercet.files.outbox.delay-max=90m")) {
      Person ada = chat.person("ada");
      Person bob = chat.person("bob");
      UUID room = chat.room("r", ada, bob);
      String folder = "/api/files/rooms/" + room + "/";
      for (int i = 1; i <= 9; i++) {
        service.put(ada, folder + i, "x");
      }
      service.put(bob, folder + "of-bob", "x");

      await().atMost(Duration.ofSeconds(30)).until(() -> chat.events(room).size() == 4);
      assertThat(chat.events(room).stream().map(event -> event.file().get("name").asString()))
          .containsExactly("1", "2", "3", "of-bob");
      assertThat(service.bean(Outbox.class).backlog()).isEqualTo(1);
      assertThat(service.names(ada, folder)).hasSize(10);
    }
  }
}
