package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.ListedRoom;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomCursor;
import io.tercet.chat.room.RoomStore;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlace;
import io.tercet.chat.room.reading.ReadPlaceStore;
import io.tercet.chat.room.reading.Reader;
import io.tercet.chat.room.reading.Unread;
import io.tercet.chat.room.sql.reading.JdbcReadPlaceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for the places of members, and for counting what is behind them. Ada
/// reads, grace writes.
abstract class ReadPlaceStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
  private static final AtomicInteger IDS = new AtomicInteger();

  private TestDatabases.Opened opened;
  private LogStore log;
  private RoomStore rooms;
  private ReadPlaceStore places;
  private Person ada;
  private Person grace;
  private RoomId room;

  abstract TestDatabases.Opened open();

  @BeforeEach
  void openStores() {
    opened = open();
    log =
        new JdbcLogStore(
            opened.database(),
            new MessageSettings(Duration.ZERO, 100),
            JsonMapper.builder().build());
    rooms = new JdbcRoomStore(opened.database(), TestReading.SETTINGS);
    places = new JdbcReadPlaceStore(opened.database());
    ada = person("ada");
    grace = person("grace");
    room = room("plans");
  }

  @AfterEach
  void closeStores() {
    opened.close().run();
  }

  @Test
  void whoJoinsHasReadEverythingUpToTheirOwnEntry() {
    apply(new LogCommand.Leave(room, ada));
    post(grace, 3);
    apply(new LogCommand.Join(room, ada));

    assertThat(unread()).isEqualTo(asOfNow(7, 0, null));
    post(grace, 1);
    assertThat(unread()).isEqualTo(asOfNow(7, 1, 8L));
  }

  @Test
  void messagesAndFilesOfOthersAreUnreadAndNothingElse() {
    post(ada, 1);
    post(grace, 1);
    apply(
        new LogCommand.AddFile(
            room, grace, "f", new FileReference("f", 1, "a", "a", 1, "ab", "a/b")));
    apply(new LogCommand.AddSite(room, grace, "s", new SiteReference("plans", "http://s/", true)));
    apply(new LogCommand.Join(room, person("linus")));
    apply(new LogCommand.Edit(room, grace, 4, "another text", null));

    assertThat(unread()).isEqualTo(asOfNow(2, 2, 4L));
    Room listed = own().getFirst();
    assertThat(listed.lastReadSeq()).isEqualTo(2);
    assertThat(listed.unread()).isEqualTo(2);
    assertThat(rooms.find(room, ada.personId())).contains(listed);
    assertThat(ofPublic()).containsExactly(listed);
    assertThat(found()).containsExactly(listed);
  }

  @Test
  void whatIsDeletedIsNotUnread() {
    post(grace, 3);
    apply(new LogCommand.Delete(room, grace, 3));

    assertThat(unread()).isEqualTo(asOfNow(2, 2, 4L));
    assertThat(own().getFirst().unread()).isEqualTo(2);
  }

  @Test
  void countsToABoundAndKnowsTheFirst() {
    post(grace, TestReading.COUNTED_MAX + 2);

    assertThat(unread()).isEqualTo(asOfNow(2, TestReading.COUNTED_MAX, 3L));
    assertThat(own().getFirst().unread()).isEqualTo(TestReading.COUNTED_MAX);
  }

  @Test
  void looksAtABoundedNumberOfMessages() {
    post(grace, 1);
    post(ada, TestReading.LOOKED_AT_MAX - 1);
    assertThat(unread()).isEqualTo(asOfNow(2, 1, 3L));

    post(ada, 1);
    assertThat(unread()).as("too far back").isEqualTo(asOfNow(2, 0, null));

    post(grace, 2);
    assertThat(unread()).as("the first is there still").isEqualTo(asOfNow(2, 2, 3L));
  }

  @Test
  void findsTheFirstOfThoseThatItCountsBehindTooManyOfOnesOwn() {
    post(ada, TestReading.LOOKED_AT_MAX);
    post(grace, 2);

    assertThat(unread()).isEqualTo(asOfNow(2, 2, 13L));
  }

  @Test
  void whoIsNoMemberHasNoPlace() {
    Person eve = person("eve");

    assertThat(rooms.unread(room, eve.personId())).isEmpty();
    assertThat(rooms.find(room, eve.personId()).orElseThrow().unread()).isZero();
    assertThat(write(move(eve, room, 1, false)).members()).isEmpty();
    assertThat(write(move(ada, new RoomId(UUID.randomUUID()), 1, false)).members()).isEmpty();
  }

  @Test
  void aPlaceMovesForwardOnlyUnlessItIsSaid() {
    post(grace, 5);

    assertThat(write(move(ada, room, 5, false)).versions()).containsEntry(ada.personId(), 1L);
    assertThat(place()).isEqualTo(5);
    assertThat(write(move(ada, room, 3, false)).versions()).isEmpty();
    assertThat(place()).isEqualTo(5);
    assertThat(write(move(ada, room, 3, true)).versions()).containsEntry(ada.personId(), 2L);
    assertThat(unread()).isEqualTo(asOfNow(3, 4, 4L));
    write(move(ada, room, 0, true));
    assertThat(place()).isZero();
  }

  @Test
  void aPlaceIsNeverBeyondTheEndOfTheLog() {
    post(grace, 1);
    write(move(ada, room, Long.MAX_VALUE, false));
    assertThat(place()).isEqualTo(3);
    post(grace, 1);
    assertThat(unread()).isEqualTo(asOfNow(3, 1, 4L));
    write(move(ada, room, Long.MAX_VALUE, true));
    assertThat(place()).isEqualTo(4);
  }

  @Test
  void aPlaceEndsWithTheMembership() {
    post(grace, 2);
    write(move(ada, room, 3, false));
    apply(new LogCommand.Leave(room, ada));
    apply(new LogCommand.Join(room, ada));

    assertThat(place()).isEqualTo(6);
  }

  @Test
  void manyPlacesOfManyPeopleAreOneWrite() {
    List<RoomId> many = IntStream.range(0, 30).mapToObj(number -> room("many-" + number)).toList();
    many.forEach(each -> post(each, grace, 1));
    List<ReadMove> moves =
        many.stream()
            .flatMap(each -> List.of(ada, grace).stream().map(who -> move(who, each, 3, false)))
            .toList();

    ReadPlaceStore.Written written = places.write(moves).join();

    assertThat(written.members()).hasSize(60);
    assertThat(written.versions()).isEqualTo(Map.of(ada.personId(), 1L, grace.personId(), 1L));
    assertThat(places.movedAfter(Map.of(ada.personId(), 0L))).hasSize(30);
    assertThat(places.movedAfter(Map.of(ada.personId(), 0L, grace.personId(), 0L))).hasSize(60);
    assertThat(places.movedAfter(Map.of(ada.personId(), 1L))).isEmpty();
  }

  @Test
  void tellsWhichPlacesMovedAfterAVersionAsTheyAreNow() {
    RoomId other = room("other");
    post(grace, 5);
    post(other, grace, 5);
    write(move(ada, room, 3, false));
    write(move(ada, other, 4, false));
    write(move(ada, room, 5, false));

    assertThat(places.movedAfter(Map.of(ada.personId(), 0L)))
        .containsExactlyInAnyOrder(placeOf(room, 5), placeOf(other, 4));
    assertThat(places.movedAfter(Map.of(ada.personId(), 2L))).containsExactly(placeOf(room, 5));
    assertThat(places.movedAfter(Map.of(ada.personId(), 3L))).isEmpty();
  }

  private ReadPlace placeOf(RoomId roomId, long seq) {
    return new ReadPlace(new Reader(ada.personId(), roomId), seq);
  }

  private ReadPlaceStore.Written write(ReadMove move) {
    return places.write(List.of(move)).join();
  }

  private static ReadMove move(Person person, RoomId roomId, long seq, boolean back) {
    return new ReadMove(new Reader(person.personId(), roomId), seq, back);
  }

  private long place() {
    return unread().lastReadSeq();
  }

  private Unread asOfNow(long lastReadSeq, int count, @Nullable Long firstSeq) {
    long lastSeq = rooms.find(room, ada.personId()).orElseThrow().lastSeq();
    return new Unread(lastSeq, lastReadSeq, count, firstSeq, List.of());
  }

  private Unread unread() {
    return rooms.unread(room, ada.personId()).orElseThrow();
  }

  private List<Room> own() {
    return rooms(rooms.own(ada.personId(), new RoomCursor.Own(Long.MIN_VALUE, ""), 10));
  }

  private List<Room> ofPublic() {
    return rooms(rooms.ofPublic(ada.personId(), new RoomCursor.Public(""), 10));
  }

  private List<Room> found() {
    return rooms(rooms.search(ada.personId(), "plans", new RoomCursor.Found("plans", -1, ""), 10));
  }

  private static List<Room> rooms(List<ListedRoom> listed) {
    return listed.stream().map(ListedRoom::room).toList();
  }

  /// A room with ada and grace, whose log has two entries.
  private RoomId room(String name) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    apply(new LogCommand.Create(roomId, ada, Name.ofRoom(name), "", Visibility.PUBLIC));
    apply(new LogCommand.Join(roomId, grace));
    opened
        .database()
        .write(client ->
            client
                .sql("UPDATE member SET read_seq = 2 WHERE room_id = ?")
                .param(roomId.toString())
                .update());
    return roomId;
  }

  private void post(Person sender, int messages) {
    post(room, sender, messages);
  }

  private void post(RoomId roomId, Person sender, int messages) {
    for (int i = 0; i < messages; i++) {
      apply(new LogCommand.Post(roomId, sender, "m" + IDS.incrementAndGet(), "text"));
    }
  }

  private void apply(LogCommand command) {
    log.apply(List.of(command), NOW).join();
  }

  private Person person(String name) {
    Person person = new Person(new PersonId(UUID.randomUUID()), name, false);
    opened
        .database()
        .write(client ->
            client
                .sql(
                    "INSERT INTO person (person_id, name, created_at, last_seen_at)"
                        + " VALUES (?, ?, 0, 0)")
                .params(person.personId().toString(), person.name())
                .update());
    return person;
  }
}
