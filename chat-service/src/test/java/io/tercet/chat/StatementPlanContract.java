package io.tercet.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tercet.chat.database.Database;
import io.tercet.chat.database.ExplainedStatement;
import io.tercet.chat.database.ExplainingConfiguration;
import io.tercet.chat.database.ExplainingDatabase;
import io.tercet.chat.housekeeping.Housekeeping;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Cards;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.room.MessageRebuild;
import io.tercet.chat.room.RoomLists;
import io.tercet.chat.room.RoomPage;
import io.tercet.chat.room.RoomStore;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.direct.DirectConversations;
import io.tercet.chat.room.direct.DirectPeople;
import io.tercet.chat.room.file.ConfirmedFileStore;
import io.tercet.chat.room.file.ConfirmedFiles;
import io.tercet.chat.room.invitation.Invitations;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlaceStore;
import io.tercet.chat.room.reading.ReadPlaces;
import io.tercet.chat.room.reading.Reader;
import io.tercet.chat.session.OpenedSession;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.SigningKeys;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;

/// No statement of the service costs more when more is stored. Every table has many rows here; each
/// statement that the service has is run, explained and measured.
///
/// A failure names the line of the statement:
///
/// - "was not run": add a call to [#useEverything] that runs it;
/// - "has too few rows": fill the new table in [#fill];
/// - "reads a whole table", "costs too much": give it an index, or a limit.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({ExplainingConfiguration.class, StatementPlanContract.MovedClock.class})
@DirtiesContext
abstract class StatementPlanContract {

  private static final int ROWS = 20_000;

  /// Rooms of one person: many pages, and few of all memberships.
  private static final int OWN_ROOMS = 2_000;

  /// Tables that have one row, or a few, however long the service runs; or none, once the names
  /// from before are adopted.
  private static final Set<String> TINY_TABLES =
      Set.of(
          "signing_key",
          "write_probe",
          "commit_marker",
          "housekeeping",
          "log_epoch",
          "flyway_schema_history",
          "person_to_adopt",
          "room_to_adopt");

  /// Marks commits, in rows that it finds by their key; nothing grows there.
  private static final String MARKERS = "io.tercet.chat.database.postgres.CommitMarkers:";

  private static final String PERSON = "00000000-0000-0000-0000-000000000001";
  private static final String OTHER = "00000000-0000-0000-0000-000000000002";
  private static final String THUMB = "👍";
  private static final RoomId BIG_ROOM = RoomId.of("00000000-0000-0000-0000-000000000001");

  @Autowired ExplainingDatabase database;
  @Autowired Rooms rooms;
  @Autowired LogReader log;
  @Autowired RoomStore roomStore;
  @Autowired RoomLists lists;
  @Autowired Invitations invitations;
  @Autowired DirectConversations conversations;
  @Autowired People people;
  @Autowired Cards cards;
  @Autowired Sessions sessions;
  @Autowired SigningKeys signingKeys;
  @Autowired Housekeeping housekeeping;
  @Autowired LogEpoch.Store logEpochs;
  @Autowired MessageRebuild.Store messageRebuild;
  @Autowired ReadPlaces places;
  @Autowired ReadPlaceStore placeStore;
  @Autowired ConfirmedFiles confirmedFiles;
  @Autowired ConfirmedFileStore confirmedFileStore;
  @Autowired MovedClock clock;

  @Autowired HealthIndicator databaseHealthIndicator;

  /// Limits that are small beside [#ROWS].
  static void limits(DynamicPropertyRegistry properties) {
    // A room of a list costs PostgreSQL about 40: what is unread, and who is mentioned, by an
    // index.
    properties.add("tercet.log.rooms-listed-max", () -> "5");
    properties.add("tercet.people.expired-max", () -> "20");
    properties.add("tercet.cards.shared-rooms-max", () -> "50");
    properties.add("tercet.cards.searched-words-max", () -> "10");
    properties.add("tercet.cards.told-rooms-max", () -> "50");
    properties.add("tercet.reading.looked-at-max", () -> "50");
    properties.add("tercet.direct.rooms-looked-at-max", () -> "50");
    properties.add("tercet.direct.opened-max", () -> "50");
    properties.add("tercet.reading.counted-max", () -> "20");
    properties.add("tercet.reading.write-period", () -> "1ms");
    properties.add("tercet.confirmed-files.per-person-max", () -> "50");
    properties.add("tercet.confirmed-files.removed-max", () -> "20");
  }

  /// Whether the service runs on a database that has no statistics.
  abstract boolean plansWithoutStatistics();

  /// The names of all tables.
  abstract String tables();

  /// An empty text of bytes.
  abstract String emptyBytes();

  /// The tables that a line of a plan reads as a whole.
  abstract List<String> wholeTables(List<String> plan);

  /// More than any statement needs that reads a page, and less than one that reads a table.
  abstract long costMax();

  @Test
  void noStatementCostsMoreWhenMoreIsStored() {
    fill(database.plain());
    // The start ran on empty tables.
    database.forget();
    if (plansWithoutStatistics()) {
      useEverything("without");
    }
    database.plain().write(client -> client.sql("ANALYZE").update());
    useEverything("with");

    assertThat(unused()).as("was not run: add a call to useEverything()").isEmpty();
    assertThat(statementsWhere(this::readsAWholeTable)).as("reads a whole table").isEmpty();
    assertThat(statementsWhere(statement -> statement.cost().get() > costMax()))
        .as("costs too much, more than %d", costMax())
        .isEmpty();
    assertThat(smallTables()).as("has too few rows: fill it in fill()").isEmpty();
  }

  private Set<String> statementsWhere(Predicate<ExplainedStatement> isWrong) {
    return database.statements().stream()
        .filter(isWrong)
        .map(ExplainedStatement::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean readsAWholeTable(ExplainedStatement statement) {
    return !TINY_TABLES.containsAll(wholeTables(statement.plan()));
  }

  private void useEverything(String time) {
    Person ada = register("ada-" + time, null);
    Person guest = people.signInAsGuest("guest-" + time, null, null);
    people.signInAsGuest("guest-" + time, null, guest.personId());
    register("guest-" + time, guest.personId());
    people.signIn("ada-" + time, "a long password", "127.0.0.1");
    people.findAll(List.of(ada.personId(), guest.personId()));
    Person filler = people.find(PersonId.of(PERSON)).orElseThrow();

    OpenedSession session = sessions.open(ada.personId());
    clock.move(Duration.ofDays(1));
    sessions.use(session.secret());
    sessions.use(session.sessionId());
    sessions.isAlive(session.sessionId());
    sessions.alive(List.of(session.sessionId()));
    people.versions(List.of(ada.personId(), guest.personId()));
    sessions.end(ada.personId(), session.sessionId());
    sessions.removeExpired();
    signingKeys.publicKeys();
    // It adds a key, and later removes the one before it.
    for (int days : List.of(31, 1)) {
      clock.move(Duration.ofDays(days));
      signingKeys.rotate();
    }
    housekeeping.run("plans", () -> false);
    housekeeping.stop();
    housekeeping.start();
    logEpochs.renew();
    logEpochs.read();
    databaseHealthIndicator.health();

    rooms.create(ada, "public-" + time, "", Visibility.PUBLIC);
    RoomId hidden = rooms.create(ada, "private-" + time, "", Visibility.PRIVATE).roomId();
    rooms.ensurePublic("public-" + time, "");
    rooms.ensurePublic("new-" + time, "");
    useInvitations(hidden, ada.personId(), guest);
    rooms.join(BIG_ROOM, ada);
    for (Person person : List.of(ada, filler)) {
      for (String typed : List.of("", "r", "r1", "nothing")) {
        lists.own(person.personId(), typed, null, 50);
        lists.ofPublic(person.personId(), typed, null, 50);
      }
    }
    RoomPage page = lists.ofPublic(ada.personId(), "r", null, 50);
    lists.ofPublic(ada.personId(), "r", page.next(), 50);
    rooms.isCreator(BIG_ROOM, ada.personId());
    rooms.members(hidden, ada.personId());
    for (Person person : List.of(ada, filler)) {
      rooms.postAndWait(BIG_ROOM, person, "c1", person == ada ? "first" : "t", null);
      rooms.postAndWait(BIG_ROOM, person, "new-" + time, "again", null);
    }
    FileReference file = new FileReference("f", 1, "a", "a", 1, "ab", "a/b");
    rooms.addFile(BIG_ROOM, ada, "event-" + time, file);
    rooms.addFile(BIG_ROOM, ada, "event-" + time, file);
    rooms.entriesAfter(BIG_ROOM, ROWS / 2, 50);
    rooms.entriesBefore(BIG_ROOM, ROWS / 2, 50);
    log.lastSeqs(List.of(BIG_ROOM, hidden));
    useMessages(time, filler);
    useConversations(ada, guest, filler);
    useFiles(time, filler);
    usePlaces(filler.personId());
    rooms.leave(BIG_ROOM, ada);
    useNames(time, ada);
    useCards(time, ada, filler);
  }

  private void useCards(String time, Person ada, Person filler) {
    for (PersonId me : List.of(ada.personId(), filler.personId())) {
      // The second is in many rooms, in one of which the others are.
      cards.rename(me, "Somebody " + time + me);
      cards.rename(me, null);
      cards.setTimeZone(me, "UTC");
      cards.setStatus(me, null, "busy", null);
      cards.setPicture(me, picture());
      cards.picture(me, me, Objects.requireNonNull(cards.own(me).picture()), 64);
      cards.removePicture(me);
      cards.search(me, "w");
      cards.search(me, "nothing");
      cards.rooms(me);
    }
    cards.get(filler.personId(), PersonId.of(OTHER));
    people.cardsChangedSince(Instant.EPOCH, 10);
  }

  private static byte[] picture() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void useInvitations(RoomId room, PersonId inviter, Person invited) {
    PersonId person = invited.personId();
    invitations.invite(room, inviter, person);
    invitations.to(person);
    invitations.from(inviter, room);
    invitations.decline(room, person);
    invitations.withdraw(room, inviter, person);
    invitations.block(person, inviter);
    invitations.blockedBy(person);
    invitations.unblock(person, inviter);
    invitations.invite(room, inviter, person);
    rooms.join(room, invited);
  }

  /// One that is new, and one of somebody who has many rooms and opened many.
  private void useConversations(Person ada, Person guest, Person filler) {
    DirectPeople both = DirectPeople.of(ada.personId(), List.of(guest.personId()));
    RoomId room = conversations.open(both, ada.personId()).roomId();
    conversations.open(both, guest.personId());
    conversations.find(both, guest.personId());
    rooms.postAndWait(room, ada, "c1", "hello", null);
    invitations.block(guest.personId(), ada.personId());
    assertRefused(() -> rooms.postAndWait(room, ada, "c2", "hello", null));
    invitations.unblock(guest.personId(), ada.personId());
    DirectPeople strangers = DirectPeople.of(filler.personId(), List.of(guest.personId()));
    assertRefused(() -> conversations.open(strangers, filler.personId()));
    DirectPeople tooMany = DirectPeople.of(filler.personId(), List.of(ada.personId()));
    assertRefused(() -> conversations.open(tooMany, filler.personId()));
  }

  /// Messages of which nothing is known yet, and such as were edited.
  private void useMessages(String time, Person author) {
    long first = time.equals("with") ? 1_000 : 2_000;
    for (long seq = first; seq < first + 4; seq++) {
      rooms.edit(BIG_ROOM, author, seq, "edited " + time, null);
    }
    // One that is there, one that comes, and one that comes to a message with one.
    rooms.unreact(BIG_ROOM, author, first + 1, THUMB);
    rooms.react(BIG_ROOM, author, first + 2, THUMB);
    rooms.react(BIG_ROOM, author, first + 3, "❤️");
    roomStore.reactedBy(RoomId.of(OTHER), 9L * ROWS, List.of(THUMB), 20);
    rooms.unpin(BIG_ROOM, author, first + 3);
    rooms.pin(BIG_ROOM, author, first + 3);
    log.pinned(BIG_ROOM, author.personId(), 10);
    rooms.delete(BIG_ROOM, author, first + 3);
    rooms.delete(BIG_ROOM, author, first);
    rooms.delete(BIG_ROOM, author, first + 10);
    rooms.currentEntries(BIG_ROOM, author.personId(), first - 10, first + 9);
    for (long origin : new long[] {7, first + 1}) {
      rooms.postAndWait(BIG_ROOM, author, "reply-" + time + origin, "again", origin);
      rooms.replies(BIG_ROOM, author.personId(), origin, 3L * ROWS + 50, 10);
    }
    rooms.delete(BIG_ROOM, author, 3L * ROWS + first);
    rooms.postAndWait(BIG_ROOM, author, "to-" + time, "@ada-" + time + " @k2 @nobody", null);
    rooms.edit(BIG_ROOM, author, first + 5, "@k3 @k4", null);
    rooms.edit(BIG_ROOM, author, first + 5, "@k5", null);
    // Each costs the same.
    rooms.currentEntries(
        BIG_ROOM, author.personId(), LongStream.range(first, first + 10).boxed().toList());
    database
        .plain()
        .write(client ->
            client
                .sql("UPDATE entry SET target_seq = NULL WHERE room_id = ? AND seq = ?")
                .params(BIG_ROOM.toString(), 3L * ROWS)
                .update());
    messageRebuild.rebuild(25);
  }

  /// A person who has too many that no message has.
  private void useFiles(String time, Person author) {
    String id = UUID.nameUUIDFromBytes(time.getBytes(UTF_8)).toString();
    FileReference file = new FileReference(id, 1, "a", "a", 1, "ab", "a/b");
    confirmedFiles.confirm(BIG_ROOM, author.personId(), file);
    rooms.postAndWait(
        BIG_ROOM, author, "file-" + time, "", null, List.of(new FileReference.Id(id, 1)));
    confirmedFileStore.removeOlder(Instant.ofEpochMilli(50), 10);
  }

  /// In a room whose log nobody read, and as one of many places of one person.
  private void usePlaces(PersonId reader) {
    for (long seq : new long[] {ROWS, 0}) {
      places.move(new ReadMove(new Reader(reader, BIG_ROOM), seq, true));
      rooms.unread(BIG_ROOM, reader);
      rooms.get(BIG_ROOM, reader);
    }
    long version = people.versions(List.of(reader)).get(reader).places();
    placeStore.movedAfter(Map.of(reader, version - 1));
  }

  private void useNames(String time, Person ada) {
    register("modern-" + time, null);
    assertRefused(() -> register("modem-" + time, null));
    rooms.create(ada, "modern-" + time, "", Visibility.PUBLIC);
    assertRefused(() -> rooms.create(ada, "modem-" + time, "", Visibility.PUBLIC));
    people.signInAsGuest("gone-" + time, null, null);
    clock.move(Duration.ofDays(31));
    register("gone-" + time, null);
    people.adoptNames(20);
    rooms.adoptNames(20);
  }

  private Person register(String name, @Nullable PersonId requester) {
    return people.register(name, null, "a long password", requester);
  }

  private static void assertRefused(ThrowingCallable work) {
    assertThatThrownBy(work).isInstanceOf(ProblemException.class);
  }

  /// One room has all people and a long log; one person said everything in it, and is
  /// in many rooms.
  private void fill(Database database) {
    insert(
        database,
        "person (person_id, name, name_key, password_hash, created_at, last_seen_at)",
        "{id}, 'p' || i, 'k' || i, 'x', i, 0");
    insert(database, "person_skeleton (skeleton, person_id)", "'p' || i, {id}");
    insert(database, "person_to_adopt (created_at, person_id)", "i, {id}");
    insert(database, "person_word (word, person_id)", "'w' || (i % 100), {id}");
    insert(
        database,
        "person_picture (person_id, size, hash, media_type, bytes)",
        "{id}, 64, 'h', 'image/png', " + emptyBytes());
    database.write(client ->
        client
            .sql("UPDATE person SET display_key = 'd' || name, card_changed_at = created_at")
            .update());
    insert(
        database,
        "session (session_id, secret_hash, person_id, idle_seconds, expires_at)",
        "{id}, 's' || i, {id}, 60, CASE WHEN i <= 20 THEN 0 ELSE 9000000000000 END");
    insert(
        database,
        "room (room_id, name, name_key, topic, visibility, last_seq, created_at, direct_people,"
            + " opener_id)",
        "{id}, 'r' || i, CASE WHEN i % 2 = 0 THEN 'k' || i END, '',"
            + " CASE WHEN i % 2 = 0 THEN 'PUBLIC' ELSE 'PRIVATE' END, 0, 0,"
            + (" CASE WHEN i % 4 = 3 THEN '" + PERSON + " ' || {id} END,")
            + (" CASE WHEN i % 4 = 3 THEN '" + PERSON + "' END"));
    insert(database, "room_skeleton (skeleton, room_id)", "'r' || i, {id}");
    insert(database, "room_word (word, position, room_id, shared)", "'r' || (i % 100), i, {id}, 0");
    insert(database, "room_to_adopt (created_at, room_id)", "i, {id}");
    insert(
        database, "invitation (person_id, room_id, inviter_id, invited_at)", "{id}, {id}, {id}, 0");
    insert(database, "blocked_inviter (person_id, inviter_id, blocked_at)", "{id}, {id}, 0");
    insert(database, "member (room_id, person_id, joined_at)", "'" + BIG_ROOM + "', {id}, 0");
    insert(
        database,
        OWN_ROOMS,
        "member (room_id, person_id, joined_at)",
        "CASE WHEN i = 1 THEN '"
            + OTHER
            + "' ELSE {id} END, CASE WHEN i = 1 THEN '"
            + OTHER
            + "' ELSE '"
            + PERSON
            + "' END, i % 7");
    insert(
        database,
        "entry (room_id, seq, kind, person_id, person_name, sent_at, client_message_id, body)",
        "'" + BIG_ROOM + "', i, 'message', '" + PERSON + "', 'p1', 0, 'c' || i, 't'");
    insert(
        database,
        "entry (room_id, seq, kind, person_id, person_name, sent_at, event_id, body)",
        "'" + BIG_ROOM + "', " + ROWS + " + i, 'file', {id}, 'p' || i, 0, 'e' || i, '{}'");
    // Many messages answer one, and some each of the others. Every second of them is deleted.
    insert(
        database,
        "entry (room_id, seq, kind, person_id, person_name, sent_at, client_message_id, body,"
            + " reply_to, deleted)",
        "'"
            + BIG_ROOM
            + "', "
            + 3 * ROWS
            + " + i, 'message', '"
            + PERSON
            + "', 'p1', 0, 'r' || i, CASE WHEN i % 2 = 0 THEN 't' ELSE '' END,"
            + " CASE WHEN i <= 200 THEN 7 ELSE i / 10 END, i % 2");
    // All of one person, and no message has one.
    insert(
        database,
        "confirmed_file (file_id, version, room_id, person_id, confirmed_at, file)",
        "'f' || i, 1, '"
            + BIG_ROOM
            + "', '"
            + PERSON
            + "', CASE WHEN i <= 40 THEN i ELSE 9000000000000 END, '{}'");
    // Every second message was edited twice.
    insert(
        database,
        "entry (room_id, seq, kind, person_id, person_name, sent_at, target_seq, body)",
        "'"
            + BIG_ROOM
            + "', "
            + 2 * ROWS
            + " + i, 'edited', '"
            + PERSON
            + "', 'p1', 0, (i - 1) / 2 * 2 + 1,"
            + " '{\"targetSeq\":' || ((i - 1) / 2 * 2 + 1) || ',\"text\":\"u\"}'");
    insert(
        database,
        ROWS / 2,
        "message_now (room_id, seq, edits, edited_seq, reactions)",
        "'" + BIG_ROOM + "', 2 * i - 1, 2, " + 2 * ROWS + " + 2 * i, '{\"👍\":1}'");
    insert(
        database,
        ROWS / 2,
        "reaction (room_id, seq, person_id, emoji, reacted_seq)",
        "'" + BIG_ROOM + "', 2 * i - 1, '" + PERSON + "', '" + THUMB + "', i");
    insert(
        database,
        "message_now (room_id, seq, edits, pinned_seq)",
        "{id}, " + 4 * ROWS + " + i, 0, CASE WHEN i % 20 = 0 THEN 2 END");
    // Somebody mentioned one person, everybody and each other one all the time.
    for (String person : List.of("'" + PERSON + "'", "''")) {
      insert(
          database,
          "mention (room_id, seq, person_id, author_id)",
          "'" + BIG_ROOM + "', " + 5 * ROWS + " + i, " + person + ", '" + OTHER + "'");
    }
    insert(
        database,
        "mention (room_id, seq, person_id, author_id)",
        "'" + BIG_ROOM + "', i, {id}, '" + OTHER + "'");
    // To one message of another room, everybody reacted.
    insert(
        database,
        "reaction (room_id, seq, person_id, emoji, reacted_seq)",
        "'" + OTHER + "', " + 9 * ROWS + ", {id}, '" + THUMB + "', i");
    database.write(client ->
        client
            .sql("UPDATE room SET visibility = 'PUBLIC', last_seq = ? WHERE room_id = ?")
            .params(4 * ROWS, BIG_ROOM.toString())
            .update());
  }

  /// Inserts many rows; `i` counts them from 1, and `{id}` is a UUID of it.
  private static void insert(Database database, String columns, String values) {
    insert(database, ROWS, columns, values);
  }

  private static void insert(Database database, int rows, String columns, String values) {
    String number = "CAST(i AS TEXT)";
    String id =
        "'00000000-0000-0000-0000-' || substr('000000000000' || "
            + number
            + ", length("
            + number
            + ") + 1)";
    database.write(client ->
        client
            .sql(
                "INSERT INTO "
                    + columns
                    + " WITH RECURSIVE n (i) AS"
                    + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + rows
                    + ")"
                    + " SELECT "
                    + values.replace("{id}", id)
                    + " FROM n")
            .update());
  }

  /// The statements of the service that nothing here ran.
  private Set<String> unused() {
    Set<String> sites =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tercet.chat")
                .stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call ->
                    call.getTargetOwner().isEquivalentTo(JdbcClient.class)
                        && call.getName().equals("sql"))
                .map(StatementPlanContract::site)
                .filter(site -> !site.startsWith(MARKERS))
                .collect(Collectors.toCollection(TreeSet::new));
    database.statements().forEach(statement -> sites.remove(statement.site()));
    return sites;
  }

  private static String site(JavaMethodCall call) {
    return call.getOriginOwner().getFullName() + ":" + call.getLineNumber();
  }

  private List<String> smallTables() {
    List<String> small = new ArrayList<>();
    for (String table :
        database.plain().read(client -> client.sql(tables()).query(String.class).list())) {
      long rows =
          database
              .plain()
              .read(
                  client -> client.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single());
      if (rows < ROWS / 2 && !TINY_TABLES.contains(table)) {
        small.add(table);
      }
    }
    return small;
  }

  /// A clock that a test moves forward.
  @TestConfiguration(proxyBeanMethods = false)
  static class MovedClock {

    private volatile Duration ahead = Duration.ZERO;

    void move(Duration more) {
      ahead = ahead.plus(more);
    }

    @Bean
    @Primary
    InstantSource movedClock() {
      return () -> Instant.now().plus(ahead);
    }
  }
}
