package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.ListedRoom;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomCursor;
import io.tercet.chat.room.RoomStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/// Rooms, memberships and reactions in the database's tables `room`, `member` and `reaction`.
@Repository
class JdbcRoomStore implements RoomStore {

  private static final String COLUMNS =
      "SELECT room.room_id, name, topic, visibility, last_seq, member_count, creator_id, ";

  private static final String FIRST_PEOPLE =
      """
      SELECT * FROM (
        SELECT emoji, person_id, reacted_seq FROM reaction
        WHERE room_id = ? AND seq = ? AND emoji = ? ORDER BY reacted_seq LIMIT ?
      ) AS first
      """;

  /// No name has it, and every text that a name can have comes before it.
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

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
                    mine.person_id AS member_id
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
  public List<ListedRoom> own(PersonId viewer, RoomCursor.Own after, int limit) {
    return database.read(client ->
        client
            .sql(
                COLUMNS
                    + """
                    member.person_id AS member_id, joined_at
                    FROM member JOIN room ON room.room_id = member.room_id
                    WHERE person_id = :viewer AND (joined_at, member.room_id) > (:joined, :room)
                    ORDER BY joined_at, member.room_id LIMIT :limit
                    """)
            .param("viewer", viewer.toString())
            .param("joined", after.joinedAt())
            .param("room", after.roomId())
            .param("limit", limit)
            .query((row, number) ->
                new ListedRoom(
                    room(row, number),
                    new RoomCursor.Own(row.getLong("joined_at"), row.getString("room_id"))))
            .list());
  }

  @Override
  public List<ListedRoom> ofPublic(PersonId viewer, RoomCursor.Public after, int limit) {
    return database.read(client ->
        client
            .sql(
                COLUMNS
                    + """
                    mine.person_id AS member_id, name_key
                    FROM room LEFT JOIN member mine
                      ON mine.room_id = room.room_id AND mine.person_id = :viewer
                    WHERE name_key > :after ORDER BY name_key LIMIT :limit
                    """)
            .param("viewer", viewer.toString())
            .param("after", after.nameKey())
            .param("limit", limit)
            .query((row, number) ->
                new ListedRoom(room(row, number), new RoomCursor.Public(row.getString("name_key"))))
            .list());
  }

  @Override
  public List<ListedRoom> search(
      PersonId viewer, String beginning, RoomCursor.Found after, int limit) {
    return database.read(client ->
        client
            .sql(
                COLUMNS
                    + """
                    mine.person_id AS member_id, word, position
                    FROM room_word JOIN room ON room.room_id = room_word.room_id
                    LEFT JOIN member mine
                      ON mine.room_id = room.room_id AND mine.person_id = :viewer
                    WHERE (word, position, room_word.room_id) > (:word, :position, :room)
                      AND word < :end AND shared < :length
                    ORDER BY word, position, room_word.room_id LIMIT :limit
                    """)
            .param("viewer", viewer.toString())
            .param("word", after.word())
            .param("position", after.position())
            .param("room", after.roomId())
            .param("end", beginning + LAST_CHARACTER)
            .param("length", beginning.length())
            .param("limit", limit)
            .query((row, number) ->
                new ListedRoom(
                    room(row, number),
                    new RoomCursor.Found(
                        row.getString("word"), row.getLong("position"), row.getString("room_id"))))
            .list());
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

  /// Each emoji is one step into the index `reaction_first`, and `peopleMax` from there, however
  /// many others reacted.
  @Override
  public Map<String, List<PersonId>> reactedBy(
      RoomId roomId, long seq, Collection<String> emoji, int peopleMax) {
    Map<String, List<PersonId>> people = HashMap.newHashMap(emoji.size());
    if (emoji.isEmpty()) {
      return people;
    }
    List<Object> params = new ArrayList<>(4 * emoji.size());
    emoji.forEach(each -> params.addAll(List.of(roomId.toString(), seq, each, peopleMax)));
    String ofEach = String.join(" UNION ALL ", Collections.nCopies(emoji.size(), FIRST_PEOPLE));
    return database.read(client -> {
      client
          .sql(ofEach + " ORDER BY reacted_seq")
          .params(params)
          .query(row -> {
            people
                .computeIfAbsent(row.getString("emoji"), _ -> new ArrayList<>())
                .add(PersonId.of(row.getString("person_id")));
          });
      return people;
    });
  }

  @Override
  public int adoptNames(int limit) {
    return database.write(client -> RoomNames.adopt(client, limit));
  }

  private static Room room(ResultSet row, int number) throws SQLException {
    String memberId = row.getString("member_id");
    return new Room(
        RoomId.of(row.getString("room_id")),
        row.getString("name"),
        row.getString("topic"),
        Visibility.valueOf(row.getString("visibility")),
        memberId == null ? null : Role.ofMember(PersonId.of(memberId), row.getString("creator_id")),
        row.getLong("last_seq"),
        row.getInt("member_count"));
  }
}
