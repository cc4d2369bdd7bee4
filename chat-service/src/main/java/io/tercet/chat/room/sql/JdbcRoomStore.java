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
import io.tercet.chat.room.reading.ReadingSettings;
import io.tercet.chat.room.reading.Unread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Rooms, memberships and reactions in the database's tables `room`, `member` and `reaction`.
@Repository
class JdbcRoomStore implements RoomStore {

  private static final String COLUMNS =
      """
      SELECT room.room_id, name, topic, visibility, last_seq, member_count, creator_id,
        mine.person_id AS member_id, mine.read_seq
      """;

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

  /// The columns of a room in a list: also how much the member `mine` has not read of it.
  private final String listed;

  private final String unread;

  JdbcRoomStore(Database database, ReadingSettings reading) {
    this.database = database;
    // The index `entry_unread` has this condition, and all columns, so both databases read it
    // alone.
    String behind =
        """
        FROM entry WHERE entry.room_id = mine.room_id AND seq > mine.read_seq
          AND kind IN ('message', 'file') AND deleted = 0
        """;
    // Those of others among the newest, and no more than are counted.
    String counted =
        """
        FROM (
          SELECT seq FROM (SELECT seq, person_id %s ORDER BY seq DESC LIMIT %d) AS newest
          WHERE newest.person_id <> mine.person_id LIMIT %d) AS counted
        """
            .formatted(behind, reading.lookedAtMax(), reading.countedMax());
    // Two ranges of the index `mention_person`: of the member, and of everybody. The newest.
    String mentioned =
        """
        FROM (
          SELECT seq FROM (
            SELECT seq FROM mention WHERE mention.room_id = mine.room_id
              AND mention.person_id = mine.person_id AND seq > mine.read_seq
            ORDER BY seq DESC LIMIT %2$d) AS by_name
          UNION ALL
          SELECT seq FROM (
            SELECT seq, author_id FROM mention WHERE mention.room_id = mine.room_id
              AND mention.person_id = '' AND seq > mine.read_seq
            ORDER BY seq DESC LIMIT %1$d) AS with_all
          WHERE with_all.author_id <> mine.person_id
          ORDER BY seq DESC LIMIT %2$d) AS mentioned
        """
            .formatted(reading.lookedAtMax(), reading.countedMax());
    this.listed =
        COLUMNS
            + """
            , CASE WHEN mine.read_seq < last_seq THEN (SELECT COUNT(*) %s) ELSE 0 END AS unread,
              CASE WHEN mine.read_seq < last_seq THEN (SELECT COUNT(*) %s) ELSE 0 END AS mentions
            """
                .formatted(counted, mentioned);
    // One row, also for a planner that takes the two columns of a membership for independent.
    this.unread =
        """
        SELECT last_seq, (SELECT COUNT(*) %s) AS unread, COALESCE(
          (SELECT MIN(seq) FROM (SELECT seq, person_id %s ORDER BY seq LIMIT %d) AS oldest
            WHERE oldest.person_id <> mine.person_id),
          (SELECT MIN(seq) %s)) AS first_seq,
          (SELECT string_agg(CAST(seq AS TEXT), ' ') %s) AS mentions
        FROM (SELECT room_id, last_seq, :viewer AS person_id, :place AS read_seq
          FROM room WHERE room_id = :room) AS mine
        """
            .formatted(counted, behind, reading.lookedAtMax(), counted, mentioned);
  }

  @Override
  public Optional<Room> find(RoomId roomId, PersonId viewer) {
    return database.read(client ->
        client
            .sql(
                COLUMNS
                    + """
                    FROM room LEFT JOIN member mine
                      ON mine.room_id = room.room_id AND mine.person_id = :viewer
                    WHERE room.room_id = :room
                    """)
            .param("viewer", viewer.toString())
            .param("room", roomId.toString())
            .query((row, number) -> room(row, 0, 0))
            .optional()
            .map(room ->
                room.member() && room.lastReadSeq() < room.lastSeq()
                    ? room.with(unread(client, roomId, viewer, room.lastReadSeq()))
                    : room));
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
                listed
                    + """
                    , joined_at
                    FROM member mine JOIN room ON room.room_id = mine.room_id
                    WHERE mine.person_id = :viewer
                      AND (joined_at, mine.room_id) > (:joined, :room)
                    ORDER BY joined_at, mine.room_id LIMIT :limit
                    """)
            .param("viewer", viewer.toString())
            .param("joined", after.joinedAt())
            .param("room", after.roomId())
            .param("limit", limit)
            .query((row, number) ->
                new ListedRoom(
                    listedRoom(row),
                    new RoomCursor.Own(row.getLong("joined_at"), row.getString("room_id"))))
            .list());
  }

  @Override
  public List<ListedRoom> ofPublic(PersonId viewer, RoomCursor.Public after, int limit) {
    return database.read(client ->
        client
            .sql(
                listed
                    + """
                    , name_key
                    FROM room LEFT JOIN member mine
                      ON mine.room_id = room.room_id AND mine.person_id = :viewer
                    WHERE name_key > :after ORDER BY name_key LIMIT :limit
                    """)
            .param("viewer", viewer.toString())
            .param("after", after.nameKey())
            .param("limit", limit)
            .query((row, number) ->
                new ListedRoom(listedRoom(row), new RoomCursor.Public(row.getString("name_key"))))
            .list());
  }

  @Override
  public List<ListedRoom> search(
      PersonId viewer, String beginning, RoomCursor.Found after, int limit) {
    return database.read(client ->
        client
            .sql(
                listed
                    + """
                    , word, position
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
                    listedRoom(row),
                    new RoomCursor.Found(
                        row.getString("word"), row.getLong("position"), row.getString("room_id"))))
            .list());
  }

  @Override
  public Optional<Unread> unread(RoomId roomId, PersonId viewer) {
    return database.read(client ->
        client
            .sql("SELECT read_seq FROM member WHERE room_id = ? AND person_id = ?")
            .params(roomId.toString(), viewer.toString())
            .query(Long.class)
            .optional()
            .map(place -> unread(client, roomId, viewer, place)));
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

  private Unread unread(JdbcClient client, RoomId roomId, PersonId viewer, long place) {
    return client
        .sql(unread)
        .param("room", roomId.toString())
        .param("viewer", viewer.toString())
        .param("place", place)
        .query((row, number) -> unread(place, row))
        .single();
  }

  /// Where nothing is counted, the first of it is one of too many that came before.
  private static Unread unread(long place, ResultSet row) throws SQLException {
    int count = row.getInt("unread");
    Long first = count == 0 ? null : row.getLong("first_seq");
    return new Unread(
        row.getLong("last_seq"), place, count, first, seqs(row.getString("mentions")));
  }

  private static List<Long> seqs(@Nullable String mentions) {
    return mentions == null
        ? List.of()
        : Stream.of(mentions.split(" ")).map(Long::valueOf).sorted().toList();
  }

  private static Room listedRoom(ResultSet row) throws SQLException {
    return room(row, row.getInt("unread"), row.getInt("mentions"));
  }

  private static Room room(ResultSet row, int unread, int mentions) throws SQLException {
    String memberId = row.getString("member_id");
    return new Room(
        RoomId.of(row.getString("room_id")),
        row.getString("name"),
        row.getString("topic"),
        Visibility.valueOf(row.getString("visibility")),
        memberId == null ? null : Role.ofMember(PersonId.of(memberId), row.getString("creator_id")),
        row.getLong("last_seq"),
        row.getInt("member_count"),
        row.getLong("read_seq"),
        unread,
        mentions);
  }
}
