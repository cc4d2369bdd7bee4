package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.FaultInjector;
import io.tercet.chat.database.FaultInjector.Fault;
import io.tercet.chat.database.FaultyConfiguration;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlaces;
import io.tercet.chat.room.reading.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// A disk that fails, or a kill, at each statement of sending and joining in turn. Whatever it
/// hits, nothing is lost, nothing is there twice, and nothing is there that was refused.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(FaultyConfiguration.class)
@DirtiesContext
class DiskFaultsTest {

  @TempDir static Path folder;

  @Autowired FaultInjector faults;
  @Autowired Rooms rooms;
  @Autowired ReadPlaces readPlaces;
  @Autowired People people;
  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  private final Map<String, Long> acknowledged = new LinkedHashMap<>();
  private int messages;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat.db"));
    properties.add("tercet.reading.write-period", () -> "1ms");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAMessageWhoseStatementFailsAndKeepsEveryOther(Fault fault) {
    ChatClient client = ChatClient.register(port, "ada-" + fault.ordinal());
    Person ada = people.findByName("ada-" + fault.ordinal()).orElseThrow();
    RoomId room = RoomId.of(client.createRoom("plans-" + fault, "public"));
    TestSocket socket = client.socket();
    socket.subscribe(room.toString(), 0);
    // The subscription reads no more from here on, so every fault hits the message.
    assertThat(socket.seqsUntil(1)).containsExactly(1L);

    boolean failed = true;
    for (int statement = 1; failed; statement++) {
      faults.arm(statement, fault);
      boolean sent = send(room, ada);
      failed = faults.disarm();
      assertThat(sent).as("statement %d", statement).isNotEqualTo(failed);
      assertThat(send(room, ada)).as("the next message after %s", fault).isTrue();
    }
    assertThat(messages).as("many statements failed").isGreaterThan(10);
    assertLogIsWhatWasAcknowledged(room);
    assertThat(socket.seqsUntil(lastSeq(room)))
        .as("what is committed is announced, and nothing else")
        .containsExactlyElementsOf(LongStream.rangeClosed(2, lastSeq(room)).boxed().toList());
  }

  @ParameterizedTest
  @EnumSource
  void letsNobodyInByHalf(Fault fault) {
    Person creator = people.register("creator-" + fault.ordinal(), null, "a long password", null);
    RoomId room = rooms.create(creator, "joined-" + fault, "", Visibility.PUBLIC).roomId();
    boolean failed = true;
    for (int statement = 1; failed; statement++) {
      Person person = people.signInAsGuest("g" + fault.ordinal() + "-" + statement, null, null);
      faults.arm(statement, fault);
      boolean joined = attempt(() -> rooms.join(room, person));
      failed = faults.disarm();
      assertThat(joined).as("statement %d", statement).isNotEqualTo(failed);
      assertThat(rooms.isMember(room, person.personId())).isEqualTo(joined);
      assertThat(hasJoined(room, person)).isEqualTo(joined);
    }
    Room there = rooms.get(room, creator.personId());
    assertThat(there.memberCount()).isEqualTo(2);
    assertThat(there.lastSeq()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void changesAMessageAsAWholeOrNotAtAll(Fault fault) {
    Person ada = people.register("editor-" + fault.ordinal(), null, "a long password", null);
    RoomId room = rooms.create(ada, "edited-" + fault, "", Visibility.PUBLIC).roomId();
    boolean failed = true;
    int statement = 0;
    while (failed) {
      statement++;
      long message = rooms.postAndWait(room, ada, "m" + statement, "secret", null).seq();
      faults.arm(statement, fault);
      ProblemType refusal = refusal(() -> rooms.edit(room, ada, message, "another secret", null));
      failed = faults.disarm();
      assertThat(refusal).isIn(null, ProblemType.SERVICE_UNAVAILABLE, ProblemType.SERVICE_TIMEOUT);
      assertThat(rooms.message(room, ada.personId(), message).edit() != null)
          .as("written, after %s at statement %d", refusal, statement)
          .isEqualTo(refusal != ProblemType.SERVICE_UNAVAILABLE);
      assertCurrentIsWhatTheLogSays(room, ada.personId());
      faults.arm(statement, fault);
      boolean reacted = attempt(() -> rooms.react(room, ada, message, "👍"));
      failed |= faults.disarm();
      assertThat(rooms.message(room, ada.personId(), message).reactions()).hasSize(reacted ? 1 : 0);
      assertCurrentIsWhatTheLogSays(room, ada.personId());
      faults.arm(statement, fault);
      boolean deleted = attempt(() -> rooms.delete(room, ada, message));
      failed |= faults.disarm();
      assertCurrentIsWhatTheLogSays(room, ada.personId());
      assertThat(rooms.message(room, ada.personId(), message).deletion() != null)
          .isEqualTo(deleted);
    }
    assertThat(statement).as("many statements failed").isGreaterThan(8);
  }

  private void assertCurrentIsWhatTheLogSays(RoomId room, PersonId viewer) {
    List<Entry> log = rooms.entriesAfter(room, 0, 1_000);
    List<CurrentEntry> current = rooms.currentEntries(room, viewer, 0, 1_000);
    assertThat(current).isEqualTo(LogModel.current(log, viewer, 0, 1_000));
    assertThat(current)
        .filteredOn(now -> now.deletion() != null)
        .allSatisfy(now -> assertThat(now.toString()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @EnumSource
  void movesAPlaceIfItSaysSoAndOnlyThen(Fault fault) {
    Person ada = people.register("reader-" + fault.ordinal(), null, "a long password", null);
    Person grace = people.register("writer-" + fault.ordinal(), null, "a long password", null);
    RoomId room = rooms.create(ada, "read-" + fault, "", Visibility.PUBLIC).roomId();
    rooms.join(room, grace);
    long place = 1;
    boolean failed = true;
    int statement = 0;
    while (failed) {
      statement++;
      long seq = rooms.postAndWait(room, grace, "m" + statement, "text", null).seq();
      long before = places(ada);
      faults.arm(statement, fault);
      boolean moved =
          attempt(
              () -> readPlaces.move(new ReadMove(new Reader(ada.personId(), room), seq, false)));
      failed = faults.disarm();
      assertThat(moved).as("statement %d", statement).isNotEqualTo(failed);
      place = moved ? seq : place;
      assertThat(rooms.unread(room, ada.personId()).lastReadSeq()).isEqualTo(place);
      assertThat(places(ada)).isEqualTo(moved ? before + 1 : before);
    }
    assertThat(statement).as("many statements failed").isGreaterThan(4);
  }

  private long places(Person person) {
    return people.versions(List.of(person.personId())).get(person.personId()).places();
  }

  @Test
  void isNotReadyWhileTheDiskIsFullAndReadyAgainByItself() {
    ChatClient management = ChatClient.nobody(managementPort);
    ChatClient client = ChatClient.register(port, "full");
    String room = client.createRoom("full", "public");
    String path = "/api/rooms/" + room + "/messages";
    assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

    faults.fill(true);
    assertProblem(client.post(path, message("refused")), 503, "service-unavailable");
    assertProblem(client.post("/api/session", Map.of("name", "f")), 503, "service-unavailable");
    assertThat(client.get(path + "?after=0").statusCode()).isEqualTo(200);
    assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(503);

    faults.fill(false);
    assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(client.post(path, message("written")).statusCode()).isEqualTo(201);
    assertThat(client.get(path + "?after=1").body()).contains("written").doesNotContain("refused");
  }

  private static Map<String, String> message(String text) {
    return Map.of("clientMessageId", text, "text", text);
  }

  @Test
  void isWholeAfterAKillAtAnyStatement() {
    Person ada = people.register("killed", null, "a long password", null);
    Person grace = people.signInAsGuest("killed-guest", null, null);
    RoomId room = rooms.create(ada, "killed", "", Visibility.PUBLIC).roomId();
    List<Image> images = new ArrayList<>();
    faults.watch(sql -> images.add(image(images.size(), List.copyOf(acknowledged.keySet()))));
    for (int i = 0; i < 3; i++) {
      send(room, ada);
      rooms.join(room, grace);
      rooms.leave(room, grace);
    }
    faults.watch(sql -> {});
    images.add(image(images.size(), List.copyOf(acknowledged.keySet())));

    assertThat(images).hasSizeGreaterThan(30);
    images.forEach(image -> image.assertWhole(room));
  }

  private boolean send(RoomId room, Person sender) {
    String id = "m" + ++messages;
    return attempt(() ->
        acknowledged.put(id, rooms.postAndWait(room, sender, id, "text of " + id, null).seq()));
  }

  /// Whether it was done; what is not done is refused because the database is out of service.
  private static boolean attempt(Runnable attempted) {
    ProblemType refusal = refusal(attempted);
    assertThat(refusal).isIn(null, ProblemType.SERVICE_UNAVAILABLE);
    return refusal == null;
  }

  private static @Nullable ProblemType refusal(Runnable attempted) {
    try {
      attempted.run();
      return null;
    } catch (ProblemException refused) {
      return refused.type();
    }
  }

  private void assertLogIsWhatWasAcknowledged(RoomId room) {
    List<Entry> log = rooms.entriesAfter(room, 0, 1_000);
    assertThat(log.stream().map(Entry::seq))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
    Map<String, Long> found = new LinkedHashMap<>();
    for (Entry entry : log) {
      if (entry.content() instanceof Entry.Message(String id, String text, _, _)) {
        assertThat(text).isEqualTo("text of " + id);
        assertThat(found.put(id, entry.seq())).as("%s, twice", id).isNull();
      }
    }
    assertThat(found).isEqualTo(acknowledged);
  }

  private long lastSeq(RoomId room) {
    return rooms.entriesAfter(room, 0, 1_000).getLast().seq();
  }

  private boolean hasJoined(RoomId room, Person person) {
    return rooms.entriesAfter(room, 0, 1_000).stream()
        .anyMatch(entry ->
            entry.content() instanceof Entry.Joined && entry.personId().equals(person.personId()));
  }

  private static Image image(int number, List<String> acknowledged) {
    Path copy = folder.resolve("image-" + number + ".db");
    try {
      for (String suffix : List.of("", "-wal")) {
        Path file = folder.resolve("chat.db" + suffix);
        if (Files.exists(file)) {
          Files.copy(file, Path.of(copy + suffix));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Image(copy, acknowledged);
  }

  /// The files as a kill at this moment leaves them, and what was acknowledged by then.
  private record Image(Path file, List<String> acknowledged) {

    void assertWhole(RoomId room) {
      String in = " WHERE room_id = '" + room + "'";
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        assertThat(value(statement, "PRAGMA integrity_check")).isEqualTo("ok");
        String entries = value(statement, "SELECT COUNT(*) FROM entry" + in);
        assertThat(value(statement, "SELECT MAX(seq) FROM entry" + in)).isEqualTo(entries);
        assertThat(value(statement, "SELECT last_seq FROM room" + in)).isEqualTo(entries);
        String members = value(statement, "SELECT COUNT(*) FROM member" + in);
        assertThat(value(statement, "SELECT member_count FROM room" + in)).isEqualTo(members);
        assertThat(
                value(
                    statement,
                    "SELECT SUM(CASE kind WHEN 'joined' THEN 1 WHEN 'left' THEN -1 ELSE 0 END)"
                        + " FROM entry"
                        + in))
            .isEqualTo(members);
        for (String id : acknowledged) {
          String one = in + " AND client_message_id = '" + id + "'";
          assertThat(value(statement, "SELECT COUNT(*) FROM entry" + one)).as(id).isEqualTo("1");
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String value(Statement statement, String sql) throws SQLException {
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
