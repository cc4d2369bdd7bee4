package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.file.ConfirmedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client that shows a room as it was at any moment, and applies the entries that came since,
/// shows what a client shows that comes now: for every kind of entry.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class CurrentEntriesTest {

  private static final int STEPS = 60;

  @TempDir static Path folder;

  @LocalServerPort int port;
  @Autowired Rooms rooms;
  @Autowired Database database;
  @Autowired ConfirmedFiles confirmedFiles;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
    properties.add("tercet.message.edits-max", () -> "4");
  }

  /// Writes an entry, if it is possible now.
  private interface Step {
    void take(History history, Random random);
  }

  /// How each kind of entry comes into a log. A new kind needs a row here; if it concerns an earlier
  /// entry, [Shown#apply] has to know what it does.
  private static final Map<Class<? extends Entry.Content>, Step> STEPS_OF_KINDS =
      Map.ofEntries(
          Map.entry(Entry.Message.class, History::post),
          Map.entry(Entry.Joined.class, History::joinOrLeave),
          Map.entry(Entry.Left.class, History::joinOrLeave),
          Map.entry(Entry.FileAdded.class, History::addFile),
          Map.entry(Entry.SiteChanged.class, History::changeSite),
          Map.entry(Entry.Edited.class, History::edit),
          Map.entry(Entry.Deleted.class, History::delete),
          Map.entry(Entry.Reacted.class, History::react),
          Map.entry(Entry.Unreacted.class, History::unreact),
          Map.entry(Entry.Pinned.class, History::pin),
          Map.entry(Entry.Unpinned.class, History::unpin),
          Map.entry(Entry.Other.class, History::writeAnUnknownKind));

  @Test
  void everyKindOfEntryIsInTheseHistories() {
    assertThat(STEPS_OF_KINDS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            List.of(Entry.Content.class.getPermittedSubclasses()).stream()
                .<Class<? extends Entry.Content>>map(kind -> kind.asSubclass(Entry.Content.class))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyoneShowsTheSameWheneverTheyCame(long seed) {
    Random random = new Random(seed);
    History history = new History(seed);
    List<Step> steps =
        STEPS_OF_KINDS.entrySet().stream()
            .sorted(Comparator.comparing(each -> each.getKey().getName()))
            .map(Map.Entry::getValue)
            .collect(Collectors.toCollection(ArrayList::new));
    List<Shown> shownThen = new ArrayList<>();
    for (int each = 0; each < STEPS; each++) {
      // What the steps change.
      if (each < 10) {
        history.post(random);
      }
      if (each % steps.size() == 0) {
        Collections.shuffle(steps, random);
      }
      steps.get(each % steps.size()).take(history, random);
      shownThen.add(history.read());
    }

    Shown now = history.read();
    List<JsonNode> log = history.log();
    assertThat(kinds(log))
        .contains("message", "joined", "left", "file", "site", "edited", "deleted", "poll")
        .contains("reacted", "unreacted", "pinned", "unpinned");
    assertThat(log).anyMatch(entry -> entry.has("replyTo"));
    assertThat(log).anyMatch(entry -> entry.has("files"));
    for (Shown then : shownThen) {
      for (int overlap : new int[] {0, 1, 10, log.size()}) {
        Shown later = then.copy();
        later.apply(log.subList((int) Math.max(0, then.last - overlap), log.size()), random);
        assertThat(later.withoutMoment())
            .as("seed %d, from %d on with %d more", seed, then.last, overlap)
            .isEqualTo(now.withoutMoment());
      }
    }
  }

  private static Set<String> kinds(List<JsonNode> log) {
    Set<String> kinds = new HashSet<>();
    log.forEach(entry -> kinds.add(entry.get("kind").stringValue()));
    return kinds;
  }

  /// What a client shows of a room, by the rules of contracts/chat/frames.md.
  private static final class Shown {

    private final Map<Long, JsonNode> entries = new TreeMap<>();
    private final String reader;
    private final long last;

    Shown(String reader, long last) {
      this.reader = reader;
      this.last = last;
    }

    Shown copy() {
      Shown copy = new Shown(reader, last);
      copy.entries.putAll(entries);
      return copy;
    }

    /// What it shows, which is the same at different moments.
    Map<Long, JsonNode> withoutMoment() {
      Map<Long, JsonNode> shown = new TreeMap<>();
      entries.forEach(
          (seq, entry) -> shown.put(seq, ((ObjectNode) entry.deepCopy()).without("asOf")));
      return shown;
    }

    /// Applies entries of the log. Those that change or end a text come in any order, those that
    /// count in theirs, and some of both twice.
    void apply(List<JsonNode> log, Random random) {
      List<JsonNode> aboutOthers = new ArrayList<>();
      List<JsonNode> counted = new ArrayList<>();
      for (JsonNode entry : log) {
        counted.add(entry);
        if (random.nextBoolean()) {
          counted.add(entry);
        }
        switch (entry.get("kind").stringValue()) {
          case "edited", "deleted" -> {
            aboutOthers.add(entry);
            if (random.nextBoolean()) {
              aboutOthers.add(entry);
            }
          }
          case "reacted", "unreacted", "unpinned" -> {}
          // A page keeps an entry that pins.
          case "pinned" -> entries.putIfAbsent(entry.get("seq").longValue(), entry);
          default -> entries.putIfAbsent(entry.get("seq").longValue(), asNew(entry));
        }
      }
      Collections.shuffle(aboutOthers, random);
      int before = random.nextInt(aboutOthers.size() + 1);
      aboutOthers.subList(0, before).forEach(this::change);
      counted.forEach(this::count);
      aboutOthers.subList(before, aboutOthers.size()).forEach(this::change);
    }

    private static JsonNode asNew(JsonNode entry) {
      ObjectNode shown = (ObjectNode) entry.deepCopy();
      if (entry.get("kind").stringValue().equals("message")) {
        shown.set("version", entry.get("seq"));
        shown.set("asOf", entry.get("seq"));
      }
      return shown;
    }

    private void change(JsonNode entry) {
      String kind = entry.get("kind").stringValue();
      JsonNode change = entry.get(kind);
      long target = change.get("targetSeq").longValue();
      ObjectNode message = (ObjectNode) entries.get(target).deepCopy();
      boolean deleted = message.has("deleted");
      long seq = entry.get("seq").longValue();
      if (kind.equals("edited") && seq > message.get("version").longValue()) {
        message.set("version", entry.get("seq"));
        message.set("editedAt", entry.get("sentAt"));
        message.put("text", deleted ? "" : change.get("text").stringValue());
      } else if (kind.equals("deleted") && !deleted) {
        setBy(message, "deleted", entry);
        message.put("text", "");
        message.remove("files");
        message.remove("reactions");
        message.remove("pinned");
      }
      entries.put(target, message);
    }

    /// Counts an entry that is behind the moment of its message, which is then that of the entry.
    private void count(JsonNode entry) {
      switch (entry.get("kind").stringValue()) {
        case "reacted", "unreacted", "pinned", "unpinned" -> countMark(entry);
        case "message" -> countReply(entry, entry, 1);
        case "deleted" -> {
          long target = entry.get("deleted").get("targetSeq").longValue();
          countReply(entry, entries.get(target), -1);
        }
        default -> {}
      }
    }

    private void countReply(JsonNode entry, JsonNode reply, int more) {
      if (!reply.has("replyTo")) {
        return;
      }
      long target = reply.get("replyTo").longValue();
      ObjectNode origin = (ObjectNode) entries.get(target).deepCopy();
      if (entry.get("seq").longValue() <= origin.get("asOf").longValue()) {
        return;
      }
      origin.set("asOf", entry.get("seq"));
      int replies = origin.path("replies").asInt(0) + more;
      if (replies > 0) {
        origin.put("replies", replies);
      } else {
        origin.remove("replies");
      }
      entries.put(target, origin);
    }

    private void countMark(JsonNode entry) {
      String kind = entry.get("kind").stringValue();
      JsonNode counted = entry.get(kind);
      ObjectNode message =
          (ObjectNode) entries.get(counted.get("targetSeq").longValue()).deepCopy();
      if (entry.get("seq").longValue() <= message.get("asOf").longValue()
          || message.has("deleted")) {
        return;
      }
      message.set("asOf", entry.get("seq"));
      switch (kind) {
        case "pinned" -> setBy(message, "pinned", entry);
        case "unpinned" -> message.remove("pinned");
        default ->
            countReaction(
                message,
                entry,
                counted.get("emoji").stringValue(),
                kind.equals("reacted") ? 1 : -1);
      }
      entries.put(counted.get("targetSeq").longValue(), message);
    }

    private void countReaction(ObjectNode message, JsonNode entry, String emoji, int more) {
      Map<String, ObjectNode> reactions = new LinkedHashMap<>();
      for (JsonNode each : message.path("reactions")) {
        reactions.put(each.get("emoji").stringValue(), (ObjectNode) each);
      }
      ObjectNode reaction =
          reactions.computeIfAbsent(
              emoji,
              _ ->
                  ChatClient.JSON
                      .createObjectNode()
                      .put("emoji", emoji)
                      .put("count", 0)
                      .put("mine", false));
      reaction.put("count", reaction.get("count").intValue() + more);
      if (entry.get("personId").stringValue().equals(reader)) {
        reaction.put("mine", more == 1);
      }
      reactions.values().removeIf(each -> each.get("count").intValue() == 0);
      message.remove("reactions");
      if (!reactions.isEmpty()) {
        message.putArray("reactions").addAll(reactions.values());
      }
    }

    private static void setBy(ObjectNode message, String member, JsonNode entry) {
      ObjectNode by = message.putObject(member);
      by.set("personId", entry.get("personId"));
      by.set("name", entry.get("name"));
      by.set("at", entry.get("sentAt"));
    }
  }

  /// A room with three people, of whom the first one reads.
  private final class History {

    private final List<Person> people = new ArrayList<>();
    private final ChatClient reader;
    private final TestSocket socket;
    private final RoomId room;
    private final Set<Person> members = new HashSet<>();
    private final Map<Long, Person> authors = new TreeMap<>();
    private final List<Runnable> toTakeBack = new ArrayList<>();
    private final List<Long> toUnpin = new ArrayList<>();
    private int ids;

    History(long seed) {
      List<ChatClient> clients = new ArrayList<>();
      for (String name : List.of("ada", "grace", "linus")) {
        ChatClient client = ChatClient.register(port, name + seed);
        clients.add(client);
        UUID id = UUID.fromString(client.personId());
        people.add(new Person(new PersonId(id), name + seed, false));
      }
      reader = clients.getFirst();
      socket = reader.socket();
      room = RoomId.of(reader.createRoom("room" + seed, "public"));
      people.subList(1, 3).forEach(person -> rooms.join(room, person));
      members.addAll(people);
    }

    void post(Random random) {
      Person author = member(random);
      String text = "text " + random.nextInt(100);
      if (random.nextBoolean()) {
        postFile(author, random.nextBoolean() ? text : "");
      } else {
        authors.put(rooms.postAndWait(room, author, "m" + ids++, text, null).seq(), author);
      }
      if (random.nextBoolean()) {
        attempt(() -> reply(member(random), text, target(random)));
      }
    }

    private void postFile(Person author, String text) {
      String id = UUID.randomUUID().toString();
      FileReference file = new FileReference(id, 1, "a", "a", 5, "ab", "image/png", 16, 9);
      confirmedFiles.confirm(room, author.personId(), file);
      List<FileReference.Id> files = List.of(new FileReference.Id(id, 1));
      authors.put(rooms.postAndWait(room, author, "m" + ids++, text, null, files).seq(), author);
    }

    private void reply(Person author, String text, long origin) {
      authors.put(rooms.postAndWait(room, author, "m" + ids++, text, origin).seq(), author);
    }

    void joinOrLeave(Random random) {
      Person person = people.get(1 + random.nextInt(2));
      if (members.remove(person)) {
        rooms.leave(room, person);
      } else {
        rooms.join(room, person);
        members.add(person);
      }
    }

    void addFile(Random random) {
      String name = "file" + ids++;
      String digest = "ab".repeat(32);
      rooms.addFile(
          room,
          member(random),
          UUID.randomUUID().toString(),
          new FileReference(name, 1, name, name, 5, digest, "text/plain"));
    }

    void changeSite(Random random) {
      rooms.addSite(
          room,
          member(random),
          UUID.randomUUID().toString(),
          new SiteReference("plans", "http://plans.localhost/", random.nextBoolean()));
    }

    void edit(Random random) {
      long target = target(random);
      attempt(() ->
          rooms.edit(room, changing(target, random), target, "edit " + random.nextInt(9), null));
    }

    void delete(Random random) {
      long target = target(random);
      attempt(() -> rooms.delete(room, changing(target, random), target));
    }

    void react(Random random) {
      long target = target(random);
      Person person = member(random);
      String emoji = emoji(random);
      attempt(() -> {
        rooms.react(room, person, target, emoji);
        toTakeBack.add(() -> rooms.unreact(room, person, target, emoji));
      });
    }

    void unreact(Random random) {
      react(random);
      if (!toTakeBack.isEmpty()) {
        attempt(toTakeBack.remove(random.nextInt(toTakeBack.size())));
      }
    }

    void pin(Random random) {
      long target = target(random);
      Person person = member(random);
      attempt(() -> {
        rooms.pin(room, person, target);
        toUnpin.add(target);
      });
    }

    void unpin(Random random) {
      pin(random);
      if (!toUnpin.isEmpty()) {
        long target = toUnpin.remove(random.nextInt(toUnpin.size()));
        attempt(() -> rooms.unpin(room, member(random), target));
      }
    }

    private static String emoji(Random random) {
      return List.of("👍", "❤️").get(random.nextInt(2));
    }

    /// Mostly a message, and the same ones again and again.
    private long target(Random random) {
      List<Long> messages = List.copyOf(authors.keySet());
      return random.nextInt(10) == 0
          ? 1 + random.nextInt((int) last())
          : messages.get(random.nextInt(messages.size()));
    }

    /// Mostly the author.
    private Person changing(long target, Random random) {
      Person author = authors.get(target);
      return author == null || random.nextInt(4) == 0 ? member(random) : author;
    }

    void writeAnUnknownKind(Random random) {
      database.write(client -> {
        client
            .sql(
                """
                INSERT INTO entry (room_id, seq, kind, person_id, person_name, sent_at, body)
                SELECT room_id, last_seq + 1, 'poll', creator_id, 'ada', 7, '{"question":"Tea?"}'
                FROM room WHERE room_id = ?
                """)
            .param(room.toString())
            .update();
        return client
            .sql("UPDATE room SET last_seq = last_seq + 1 WHERE room_id = ?")
            .param(room.toString())
            .update();
      });
    }

    /// What the rules forbid changes nothing.
    private void attempt(Runnable change) {
      try {
        change.run();
      } catch (ProblemException refusal) {
        assertThat(refusal.type().status()).as(refusal.detail()).isBetween(400, 499);
      }
    }

    private Person member(Random random) {
      List<Person> all = people.stream().filter(members::contains).toList();
      return all.get(random.nextInt(all.size()));
    }

    private long last() {
      return rooms.get(room, people.getFirst().personId()).lastSeq();
    }

    /// A client that comes now, by HTTP and by `history`, in small pages.
    Shown read() {
      Shown shown = new Shown(reader.personId(), last());
      for (long after = 0; after < shown.last; after += 25) {
        JsonNode page = body(reader.get(path("/messages?limit=25&after=" + after)));
        page.get("entries").forEach(entry -> show(shown, entry));
      }
      Shown bySocket = new Shown(reader.personId(), shown.last);
      for (long before = shown.last + 1; before > 1; ) {
        socket.send(
            Map.of(
                "type",
                "history",
                "requestId",
                "h",
                "roomId",
                room.toString(),
                "before",
                before,
                "limit",
                17));
        JsonNode page = socket.next("history");
        page.get("entries").forEach(entry -> show(bySocket, entry));
        before = page.get("from").longValue();
      }
      assertThat(bySocket.entries).isEqualTo(shown.entries);
      return shown;
    }

    private static void show(Shown shown, JsonNode entry) {
      assertThat(shown.entries.put(entry.get("seq").longValue(), entry)).isNull();
    }

    List<JsonNode> log() {
      List<JsonNode> log = new ArrayList<>();
      while (log.size() < last()) {
        body(reader.get(path("/entries?limit=200&after=" + log.size())))
            .get("entries")
            .forEach(log::add);
      }
      return log;
    }

    private String path(String rest) {
      return "/api/rooms/" + room + rest;
    }
  }
}
