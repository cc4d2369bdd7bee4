package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.ListedRoom;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomCursor;
import io.tercet.chat.room.RoomStore;
import io.tercet.chat.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for lists of rooms, and for the search in them.
abstract class RoomListContract {

  private static final int ROOMS_IN_A_PAGE = 2;

  private TestDatabases.Opened opened;
  private LogStore log;
  private RoomStore rooms;
  private Person ada;
  private Person grace;

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
    ada = person("ada");
    grace = person("grace");
  }

  @AfterEach
  void closeStores() {
    opened.close().run();
  }

  @Test
  void hasOnesOwnRoomsInTheOrderOfJoiningAlsoPrivateOnes() {
    for (String name : List.of("zebra", "apple", "mango")) {
      create(ada, name, Visibility.PRIVATE, 5);
    }
    RoomId open = create(grace, "open", Visibility.PUBLIC, 6);
    apply(new LogCommand.Join(open, ada), 7);
    create(grace, "of-grace", Visibility.PUBLIC, 8);
    create(ada, "early", Visibility.PUBLIC, 1);

    List<Room> own = own(ada);
    assertThat(own).extracting(Room::name).startsWith("early").endsWith("open");
    // These came in the same millisecond.
    assertThat(own.subList(1, 4))
        .extracting(Room::name)
        .containsExactlyInAnyOrder("zebra", "apple", "mango");
    assertThat(own).hasSize(5).allMatch(Room::member);
    assertThat(own.getLast().memberCount()).isEqualTo(2);
  }

  @Test
  void missesNoOwnRoomWhenAnotherIsJoinedOrLeftMeanwhile() {
    RoomId first = create(ada, "first", Visibility.PUBLIC, 1);
    for (int i = 2; i < 6; i++) {
      create(ada, "room-" + i, Visibility.PUBLIC, i);
    }
    List<ListedRoom> page =
        rooms.own(ada.personId(), new RoomCursor.Own(Long.MIN_VALUE, ""), ROOMS_IN_A_PAGE);
    apply(new LogCommand.Leave(first, ada), 8);
    create(ada, "new", Visibility.PUBLIC, 9);
    List<ListedRoom> rest =
        rooms.own(ada.personId(), (RoomCursor.Own) page.getLast().cursor(), 100);
    assertThat(rest)
        .extracting(each -> each.room().name())
        .containsExactly("room-3", "room-4", "room-5", "new");
  }

  @Test
  void hasPublicRoomsByFoldedNameAndSaysWhichAreOnesOwn() {
    for (String name : List.of("Zebra", "apple", "Mango", "项目", "éclair")) {
      create(grace, name, Visibility.PUBLIC, 1);
    }
    create(grace, "banana", Visibility.PRIVATE, 1);
    create(ada, "cherry", Visibility.PUBLIC, 1);

    List<Room> all = ofPublic(ada);
    assertThat(all)
        .extracting(Room::name)
        .containsExactly("apple", "cherry", "Mango", "Zebra", "éclair", "项目");
    assertThat(all.stream().filter(Room::member)).extracting(Room::name).containsExactly("cherry");
  }

  @ParameterizedTest
  @CsvSource({
    "team, team Team-Alpha xy-team2026",
    "TEAM, team Team-Alpha xy-team2026",
    "team a, Team-Alpha",
    "alp, Team-Alpha",
    "2026, xy-team2026",
    "讨论, 讨论 项目讨论组",
    "论, 讨论 项目讨论组",
    "eam, ''",
    "%, ''",
    "t_am, ''",
    "secret, ''"
  })
  void findsPublicRoomsByTheBeginningOfAWord(String typed, String names) {
    for (String name : List.of("xy-team2026", "Team-Alpha", "team", "tear", "项目讨论组", "讨论")) {
      create(grace, name, Visibility.PUBLIC, 1);
    }
    create(ada, "team-secret", Visibility.PRIVATE, 1);

    assertThat(found(ada, typed))
        .isEqualTo(names.isEmpty() ? List.of() : List.of(names.split(" ")));
  }

  @Test
  void findsARoomOnceOfWhichSeveralWordsBeginSo() {
    create(grace, "test-test2-tests", Visibility.PUBLIC, 1);
    create(grace, "a-test", Visibility.PUBLIC, 1);
    create(grace, "test-3", Visibility.PUBLIC, 1);

    assertThat(found(ada, "test")).containsExactly("a-test", "test-3", "test-test2-tests");
    assertThat(found(ada, "test2")).containsExactly("test-test2-tests");
  }

  @Test
  void findsTheLastCharactersThereAre() {
    create(grace, "𱍊𱍊", Visibility.PUBLIC, 1);
    create(grace, "𱍊x", Visibility.PUBLIC, 1);

    assertThat(found(ada, "𱍊")).containsExactlyInAnyOrder("𱍊x", "𱍊𱍊");
    assertThat(found(ada, "𱍊𱍊")).containsExactly("𱍊𱍊");
  }

  @Test
  void findsRoomsThatAreOlderThanTheSearchOnceTheyAreAdopted() {
    RoomId old = create(grace, "Old-Plans", Visibility.PUBLIC, 1);
    write("DELETE FROM room_word");
    write("INSERT INTO room_to_adopt (created_at, room_id) VALUES (1, '" + old + "')");
    assertThat(found(ada, "plans")).isEmpty();

    assertThat(rooms.adoptNames(10)).isOne();

    assertThat(found(ada, "plans")).containsExactly("Old-Plans");
    assertThat(rooms.adoptNames(10)).isZero();
  }

  private List<Room> own(Person viewer) {
    return all(
        new RoomCursor.Own(Long.MIN_VALUE, ""),
        after -> rooms.own(viewer.personId(), after, ROOMS_IN_A_PAGE));
  }

  private List<Room> ofPublic(Person viewer) {
    return all(
        new RoomCursor.Public(""),
        after -> rooms.ofPublic(viewer.personId(), after, ROOMS_IN_A_PAGE));
  }

  private List<String> found(Person viewer, String typed) {
    String beginning = Words.beginning(Name.fromBefore(typed).key()).orElseThrow();
    return all(
            new RoomCursor.Found(beginning, -1, ""),
            after -> rooms.search(viewer.personId(), beginning, after, ROOMS_IN_A_PAGE))
        .stream()
        .map(Room::name)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static <C extends RoomCursor> List<Room> all(
      C start, Function<C, List<ListedRoom>> read) {
    List<Room> all = new ArrayList<>();
    for (List<ListedRoom> page = read.apply(start);
        !page.isEmpty();
        page = read.apply((C) page.getLast().cursor())) {
      assertThat(page).hasSizeLessThanOrEqualTo(ROOMS_IN_A_PAGE);
      page.forEach(each -> all.add(each.room()));
    }
    return all;
  }

  private RoomId create(Person creator, String name, Visibility visibility, long at) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    apply(new LogCommand.Create(roomId, creator, Name.ofRoom(name), "", visibility), at);
    return roomId;
  }

  private void apply(LogCommand command, long at) {
    log.apply(List.of(command), Instant.ofEpochMilli(at)).join();
  }

  private void write(String sql) {
    opened.database().write(client -> client.sql(sql).update());
  }

  private Person person(String name) {
    Person person = new Person(new PersonId(UUID.randomUUID()), name, false);
    opened.database().write(client -> insert(client, person));
    return person;
  }

  private static int insert(JdbcClient client, Person person) {
    return client
        .sql("INSERT INTO person (person_id, name, created_at, last_seen_at) VALUES (?, ?, 0, 0)")
        .params(person.personId().toString(), person.name())
        .update();
  }
}
