package io.tercet.chat.kills;

import io.tercet.chat.database.Database;
import io.tercet.chat.database.FaultyConfiguration;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.log.CommitListener;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomLists;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.room.mention.Attendance;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The rooms and their log on a database file, without HTTP and sockets: so one process can have
/// many.
final class RoomsWithoutDoors implements AutoCloseable {

  static final Person ADA = person(1, "ada");
  static final Person GRACE = person(2, "grace");

  private final ConfigurableApplicationContext context;

  @ComponentScan(
      value = {"io.tercet.chat.database", "io.tercet.chat.log", "io.tercet.chat.room"},
      excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
  @Import(FaultyConfiguration.class)
  private static class Beans {

    @Bean
    InstantSource clock() {
      return Clock.systemUTC();
    }

    @Bean
    CommitListener nobodyListens() {
      return (room, entries) -> {};
    }

    @Bean
    HintBroker nobodyHears() {
      return hint -> {};
    }

    @Bean
    Attendance nobodyIsPresent() {
      return (roomId, max) -> Optional.of(List.of());
    }

    @Bean
    JsonMapper json() {
      return JsonMapper.builder().build();
    }
  }

  private RoomsWithoutDoors(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static RoomsWithoutDoors open(Path folder) {
    return new RoomsWithoutDoors(
        new SpringApplicationBuilder(Beans.class)
            .web(WebApplicationType.NONE)
            .lazyInitialization(true)
            .run(
                "--tercet.database.url=jdbc:sqlite:" + folder.resolve("chat.db"),
                "--tercet.database.readers=1",
                // Who waits for a stopped writer waits until the process ends.
                "--tercet.database.wait-max=2m",
                "--tercet.log.wait-max=2m",
                "--tercet.log.renew-epoch-file=" + folder.resolve("renew-log-epoch"),
                "--logging.level.root=error"));
  }

  private static Person person(int number, String name) {
    return new Person(new PersonId(new UUID(0, number)), name, false);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Rooms rooms() {
    return bean(Rooms.class);
  }

  /// Makes the people and two rooms of ada; grace is in the second.
  void prepare() {
    bean(Database.class)
        .write(client -> {
          insert(client, ADA);
          insert(client, GRACE);
          return null;
        });
    rooms().create(ADA, "plans", "", Visibility.PUBLIC);
    rooms().create(ADA, "talk", "", Visibility.PUBLIC);
    rooms().join(room("talk"), GRACE);
    rooms().postAndWait(room("talk"), GRACE, "before", "said before", null);
  }

  private static void insert(JdbcClient client, Person person) {
    client
        .sql(
            """
            INSERT INTO person (person_id, name, name_key, created_at, last_seen_at)
            VALUES (?, ?, ?, 0, 0)
            """)
        .params(person.personId().toString(), person.name(), person.name())
        .update();
  }

  RoomId room(String name) {
    return roomsOfAda().stream()
        .filter(room -> room.name().equals(name))
        .findFirst()
        .orElseThrow()
        .roomId();
  }

  private List<Room> roomsOfAda() {
    return bean(RoomLists.class).own(ADA.personId(), null).rooms();
  }

  /// Everything that can be seen, without times: rooms, their members, and their logs.
  List<String> state() {
    List<String> all = new ArrayList<>();
    for (Room room : roomsOfAda()) {
      all.add(room.name() + " has " + room.memberCount() + " members");
      for (Person person : List.of(ADA, GRACE)) {
        if (rooms().isMember(room.roomId(), person.personId())) {
          all.add(person.name() + " is in " + room.name());
        }
      }
      for (Entry entry : rooms().entriesAfter(room.roomId(), 0, 1_000)) {
        all.add(
            room.name() + " " + entry.seq() + " " + entry.displayName() + " " + entry.content());
      }
    }
    return all;
  }

  /// The values of the first column that a query finds.
  List<String> query(String sql) {
    return bean(Database.class).read(client -> client.sql(sql).query(String.class).list());
  }

  @Override
  public void close() {
    context.close();
  }
}
