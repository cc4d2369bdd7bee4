package io.tercet.chat.room.sql.reading;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlace;
import io.tercet.chat.room.reading.ReadPlaceStore;
import io.tercet.chat.room.reading.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Places in the column `member.read_seq`.
///
/// A transaction locks its members in the order of their ids, then their persons, so that two
/// replicas do not wait for each other. The lock of a person makes the versions of that person
/// visible in their order: who sees one sees the places of all before it.
@Repository
public class JdbcReadPlaceStore implements ReadPlaceStore {

  /// Rows in one statement; each has four parameters at most, and both databases allow far more.
  private static final int ROWS_MAX = 1_000;

  private static final Comparator<ReadMove> BY_KEY =
      Comparator.comparing((ReadMove move) -> move.reader().roomId().toString())
          .thenComparing(move -> move.reader().personId().toString());

  private final Database database;

  public JdbcReadPlaceStore(Database database) {
    this.database = database;
  }

  @Override
  public CompletableFuture<Written> write(Collection<ReadMove> moves) {
    List<ReadMove> sorted = moves.stream().sorted(BY_KEY).toList();
    String rowLock = database.rowLock();
    return database.commit(client -> {
      Set<Reader> members = new HashSet<>();
      List<ReadPlace> moved = new ArrayList<>();
      inChunks(sorted, chunk -> read(client, rowLock, chunk, members, moved));
      Map<PersonId, Long> versions = new HashMap<>();
      List<String> persons =
          moved.stream().map(place -> place.reader().personId().toString()).distinct().toList();
      inChunks(persons.stream().sorted().toList(), chunk -> raise(client, chunk, versions));
      inChunks(moved, chunk -> update(client, chunk, versions));
      return new Written(members, versions);
    });
  }

  /// Finds who is a member, and which places move.
  private static void read(
      JdbcClient client,
      String rowLock,
      List<ReadMove> moves,
      Set<Reader> members,
      List<ReadPlace> moved) {
    Map<Reader, Long> places = new HashMap<>();
    client
        .sql(
            """
            SELECT room_id, person_id, read_seq
            FROM member WHERE (room_id, person_id) IN (VALUES :readers)
            ORDER BY room_id, person_id
            """
                + rowLock)
        .param("readers", moves.stream().map(move -> key(move.reader())).toList())
        .query(row -> {
          places.put(
              new Reader(
                  PersonId.of(row.getString("person_id")), RoomId.of(row.getString("room_id"))),
              row.getLong("read_seq"));
        });
    if (places.isEmpty()) {
      return;
    }
    members.addAll(places.keySet());
    Map<RoomId, Long> lastSeqs = lastSeqs(client, places.keySet());
    for (ReadMove move : moves) {
      Long place = places.get(move.reader());
      if (place != null) {
        long to = move.from(place, lastSeqs.getOrDefault(move.reader().roomId(), place));
        if (to != place) {
          moved.add(new ReadPlace(move.reader(), to));
        }
      }
    }
  }

  private static Map<RoomId, Long> lastSeqs(JdbcClient client, Set<Reader> readers) {
    Map<RoomId, Long> lastSeqs = new HashMap<>();
    client
        .sql("SELECT room_id, last_seq FROM room WHERE room_id IN (:rooms)")
        .param(
            "rooms", readers.stream().map(reader -> reader.roomId().toString()).distinct().toList())
        .query(row -> {
          lastSeqs.put(RoomId.of(row.getString("room_id")), row.getLong("last_seq"));
        });
    return lastSeqs;
  }

  private static void raise(JdbcClient client, List<String> persons, Map<PersonId, Long> versions) {
    client
        .sql(
            """
            UPDATE person SET read_version = read_version + 1 WHERE person_id IN (:ids)
            RETURNING person_id, read_version
            """)
        .param("ids", persons)
        .query(row -> {
          versions.put(PersonId.of(row.getString("person_id")), row.getLong("read_version"));
        });
  }

  private static void update(
      JdbcClient client, List<ReadPlace> moved, Map<PersonId, Long> versions) {
    List<Object[]> places = new ArrayList<>(moved.size());
    for (ReadPlace place : moved) {
      PersonId personId = place.reader().personId();
      places.add(
          new Object[] {
            place.reader().roomId().toString(),
            personId.toString(),
            place.seq(),
            versions.getOrDefault(personId, 0L)
          });
    }
    client
        .sql(
            """
            UPDATE member SET read_seq = moved.column3, read_version = moved.column4
            FROM (VALUES :places) AS moved
            WHERE room_id = moved.column1 AND person_id = moved.column2
            """)
        .param("places", places)
        .update();
  }

  @Override
  public List<ReadPlace> movedAfter(Map<PersonId, Long> versions) {
    List<ReadPlace> places = new ArrayList<>();
    List<Map.Entry<PersonId, Long>> asked = List.copyOf(versions.entrySet());
    inChunks(asked, chunk -> places.addAll(database.read(client -> movedAfter(client, chunk))));
    return places;
  }

  /// Each person is one step into the index: CROSS JOIN makes SQLite take the people first.
  private static List<ReadPlace> movedAfter(
      JdbcClient client, List<Map.Entry<PersonId, Long>> asked) {
    return client
        .sql(
            """
            SELECT person_id, room_id, read_seq FROM (VALUES :asked) AS asked CROSS JOIN member
            WHERE person_id = asked.column1 AND read_version > asked.column2
            """)
        .param(
            "asked",
            asked.stream()
                .map(each -> new Object[] {each.getKey().toString(), each.getValue()})
                .toList())
        .query((row, number) ->
            new ReadPlace(
                new Reader(
                    PersonId.of(row.getString("person_id")), RoomId.of(row.getString("room_id"))),
                row.getLong("read_seq")))
        .list();
  }

  private static Object[] key(Reader reader) {
    return new Object[] {reader.roomId().toString(), reader.personId().toString()};
  }

  private static <T> void inChunks(List<T> all, Consumer<List<T>> work) {
    for (int from = 0; from < all.size(); from += ROWS_MAX) {
      work.accept(all.subList(from, Math.min(from + ROWS_MAX, all.size())));
    }
  }
}
