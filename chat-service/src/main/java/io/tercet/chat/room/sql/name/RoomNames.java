package io.tercet.chat.room.sql.name;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.text.Words;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the names of public rooms look like, and what they are found by: the tables `room_skeleton`
/// and `room_word`. Each skeleton belongs to one room.
public final class RoomNames {

  private static final CommandResult NAME_TAKEN =
      new CommandResult.Rejected(ProblemType.ROOM_NAME_TAKEN, "Choose another name.");

  private RoomNames() {}

  /// Makes a room under its name; the refusal if the name, or one that it looks like, is another
  /// public room's.
  public static @Nullable CommandResult create(
      JdbcClient client, LogCommand.Create create, Instant now) {
    boolean isPublic = create.visibility() == Visibility.PUBLIC;
    CommandResult refusal = isPublic ? claim(client, create.roomId(), create.name()) : null;
    if (refusal != null) {
      return refusal;
    }
    int made =
        client
            .sql(
                """
                INSERT INTO room
                  (room_id, name, name_key, topic, visibility, last_seq, created_at, creator_id)
                VALUES (:id, :name, :key, :topic, :visibility, 0, :now, :creator)
                ON CONFLICT (name_key) DO NOTHING
                """)
            .param("id", create.roomId().toString())
            .param("name", create.name().shown())
            .param("key", isPublic ? create.name().key() : null)
            .param("topic", create.topic())
            .param("visibility", create.visibility().name())
            .param("now", now.toEpochMilli())
            .param(
                "creator", create.creator() == null ? null : create.creator().personId().toString())
            .update();
    if (made == 0) {
      release(client, create.roomId(), create.name());
      return NAME_TAKEN;
    }
    if (isPublic) {
      addWords(client, create.roomId().toString(), create.name());
    }
    return null;
  }

  /// Gives a room that comes the skeletons of its name; the refusal if another room has one.
  ///
  /// The unique skeletons decide between two rooms that come at once, also on two replicas: the
  /// second insert waits for the first one's commit and then does nothing.
  private static @Nullable CommandResult claim(JdbcClient client, RoomId roomId, Name name) {
    for (String skeleton : name.skeletons()) {
      if (!insert(client, roomId.toString(), skeleton)) {
        CommandResult refusal = refusal(client, name, skeleton);
        release(client, roomId, name);
        return refusal;
      }
    }
    return null;
  }

  /// Takes the skeletons back from a room that does not come after all.
  private static void release(JdbcClient client, RoomId roomId, Name name) {
    client
        .sql("DELETE FROM room_skeleton WHERE skeleton IN (:skeletons) AND room_id = :room")
        .param("skeletons", name.skeletons())
        .param("room", roomId.toString())
        .update();
  }

  private static CommandResult refusal(JdbcClient client, Name name, String skeleton) {
    return client
        .sql(
            """
            SELECT name, name_key FROM room_skeleton
            JOIN room ON room.room_id = room_skeleton.room_id WHERE skeleton = ?
            """)
        .param(skeleton)
        .<CommandResult>query((row, number) ->
            name.key().equals(row.getString("name_key"))
                ? NAME_TAKEN
                : new CommandResult.Resembles(row.getString("name")))
        .single();
  }

  /// Lets a room, which is there now, be found by its name.
  private static void addWords(JdbcClient client, String roomId, Name name) {
    List<Object[]> rows =
        Words.of(name.key()).stream()
            .map(word -> new Object[] {word.text(), word.position(), roomId, word.shared()})
            .toList();
    // A name from before may have nothing but separators.
    if (!rows.isEmpty()) {
      client
          .sql(
              """
              INSERT INTO room_word (word, position, room_id, shared) VALUES :rows
              ON CONFLICT DO NOTHING
              """)
          .param("rows", rows)
          .update();
    }
  }

  /// Gives at most `limit` public rooms that are older than the tables of skeletons and of words
  /// their key, skeletons and words, the oldest room first. The number of rooms.
  public static int adopt(JdbcClient client, int limit) {
    List<ToAdopt> oldest =
        client
            .sql(
                "SELECT created_at, room_id FROM room_to_adopt ORDER BY created_at, room_id LIMIT"
                    + " ?")
            .param(limit)
            .query(
                (row, number) -> new ToAdopt(row.getLong("created_at"), row.getString("room_id")))
            .list();
    if (!oldest.isEmpty()) {
      adopt(client, oldest);
      client
          .sql("DELETE FROM room_to_adopt WHERE (created_at, room_id) <= (?, ?)")
          .params(oldest.getLast().createdAt(), oldest.getLast().roomId())
          .update();
    }
    return oldest.size();
  }

  private record ToAdopt(long createdAt, String roomId) {}

  private record NameFromBefore(String roomId, Name name, String key) {}

  private static void adopt(JdbcClient client, List<ToAdopt> oldest) {
    Map<String, NameFromBefore> names = new HashMap<>();
    client
        .sql(
            """
            SELECT room_id, name, name_key FROM room
            WHERE room_id IN (:ids) AND name_key IS NOT NULL
            """)
        .param("ids", oldest.stream().map(ToAdopt::roomId).toList())
        .query(row -> {
          String roomId = row.getString("room_id");
          Name name = Name.fromBefore(row.getString("name"));
          names.put(roomId, new NameFromBefore(roomId, name, row.getString("name_key")));
        });
    for (ToAdopt next : oldest) {
      NameFromBefore old = names.get(next.roomId());
      if (old != null) {
        changeKey(client, old);
        old.name().skeletons().forEach(skeleton -> insert(client, old.roomId(), skeleton));
        addWords(client, old.roomId(), old.name());
      }
    }
  }

  /// A room whose new key belongs to another room keeps the old one.
  private static void changeKey(JdbcClient client, NameFromBefore old) {
    String key = old.name().key();
    if (!old.key().equals(key)
        && !key.isEmpty()
        && client
            .sql("SELECT 1 FROM room WHERE name_key = ?")
            .param(key)
            .query(Integer.class)
            .optional()
            .isEmpty()) {
      client
          .sql("UPDATE room SET name_key = ? WHERE room_id = ?")
          .params(key, old.roomId())
          .update();
    }
  }

  private static boolean insert(JdbcClient client, String roomId, String skeleton) {
    return client
            .sql(
                """
                INSERT INTO room_skeleton (skeleton, room_id) VALUES (?, ?)
                ON CONFLICT (skeleton) DO NOTHING
                """)
            .params(skeleton, roomId)
            .update()
        == 1;
  }
}
