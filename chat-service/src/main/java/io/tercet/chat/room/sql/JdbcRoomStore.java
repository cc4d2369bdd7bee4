package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Rooms and memberships in the database's tables `room` and `member`.
@Repository
class JdbcRoomStore implements RoomStore {

  private static final String COLUMNS =
      "SELECT room.room_id, name, topic, visibility, last_seq, member_count, ";

  private final Database database;

  JdbcRoomStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Room> find(RoomId roomId, PersonId viewer) {
    return database.read(client ->
        client
            .sql(
                COLUMNS
                    + """
                    CASE WHEN mine.person_id IS NULL THEN 0 ELSE 1 END AS is_member
                    FROM room LEFT JOIN member mine
                      ON mine.room_id = room.room_id AND mine.person_id = :viewer
                    WHERE room.room_id = :room
                    """)
            .param("viewer", viewer.toString())
            .param("room", roomId.toString())
            .query(JdbcRoomStore::room)
            .optional());
  }

  @Override
  public boolean isCreator(RoomId roomId, PersonId personId) {
    return database.read(client ->
        client
            .sql("SELECT 1 FROM room WHERE room_id = ? AND creator_id = ?")
            .params(roomId.toString(), personId.toString())
            .query(Integer.class)
            .optional()
            .isPresent());
  }

  @Override
  public Optional<RoomId> findPublic(String nameKey) {
    return database.read(client ->
        client
            .sql("SELECT room_id FROM room WHERE name_key = ?")
            .param(nameKey)
            .query((row, number) -> RoomId.of(row.getString(1)))
            .optional());
  }

  @Override
  public List<Room> list(PersonId viewer, int limit) {
    return database.read(client -> {
      List<Room> rooms = new ArrayList<>(own(client, viewer, limit));
      rooms.addAll(others(client, viewer, limit - rooms.size()));
      return rooms;
    });
  }

  private static List<Room> own(JdbcClient client, PersonId viewer, int limit) {
    return client
        .sql(
            COLUMNS
                + """
                1 AS is_member FROM member JOIN room ON room.room_id = member.room_id
                WHERE member.person_id = :viewer ORDER BY name, room.room_id LIMIT :limit
                """)
        .param("viewer", viewer.toString())
        .param("limit", limit)
        .query(JdbcRoomStore::room)
        .list();
  }

  /// Reads the index in the order of names, and ends at the limit.
  private static List<Room> others(JdbcClient client, PersonId viewer, int limit) {
    return client
        .sql(
            COLUMNS
                + """
                0 AS is_member FROM room
                WHERE visibility = 'PUBLIC' AND NOT EXISTS
                  (SELECT 1 FROM member
                   WHERE member.room_id = room.room_id AND member.person_id = :viewer)
                ORDER BY name, room.room_id LIMIT :limit
                """)
        .param("viewer", viewer.toString())
        .param("limit", limit)
        .query(JdbcRoomStore::room)
        .list();
  }

  @Override
  public List<PersonId> members(RoomId roomId, int limit) {
    return database.read(client ->
        client
            .sql("SELECT person_id FROM member WHERE room_id = ? LIMIT ?")
            .params(roomId.toString(), limit)
            .query((row, number) -> PersonId.of(row.getString(1)))
            .list());
  }

  @Override
  public int adoptNames(int limit) {
    return database.write(client -> RoomNames.adopt(client, limit));
  }

  private static Room room(ResultSet row, int number) throws SQLException {
    return new Room(
        RoomId.of(row.getString("room_id")),
        row.getString("name"),
        row.getString("topic"),
        Visibility.valueOf(row.getString("visibility")),
        row.getInt("is_member") == 1,
        row.getLong("last_seq"),
        row.getInt("member_count"));
  }
}
