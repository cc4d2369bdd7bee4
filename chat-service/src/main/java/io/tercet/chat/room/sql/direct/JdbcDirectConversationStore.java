package io.tercet.chat.room.sql.direct;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.direct.DirectConversationStore;
import io.tercet.chat.room.direct.DirectPeople;
import io.tercet.chat.room.direct.DirectSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Direct conversations in the database's tables `room` and `member`.
///
/// Opening one takes the lock of the room and then that of the opener, as everywhere. The unique
/// index of the people decides between several who open the same one at once, also on two replicas.
@Repository
class JdbcDirectConversationStore implements DirectConversationStore {

  private final Database database;
  private final DirectSettings settings;

  JdbcDirectConversationStore(Database database, DirectSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  @Override
  public Optional<RoomId> find(DirectPeople people, PersonId member) {
    return database.read(client ->
        client
            .sql(
                """
                SELECT room.room_id FROM room JOIN member ON member.room_id = room.room_id
                WHERE direct_people = ? AND person_id = ?
                """)
            .params(people.key(), member.toString())
            .query((row, number) -> RoomId.of(row.getString(1)))
            .optional());
  }

  @Override
  public Opened open(DirectPeople people, PersonId opener, Instant now) {
    return database.write(client -> open(client, people, opener, now));
  }

  private Opened open(JdbcClient client, DirectPeople people, PersonId opener, Instant now) {
    boolean isNew = insert(client, people, opener, now);
    // An update takes the row's lock on either database.
    RoomId roomId =
        client
            .sql(
                """
                UPDATE room SET last_seq = last_seq WHERE direct_people = ? RETURNING room_id
                """)
            .param(people.key())
            .query((row, number) -> RoomId.of(row.getString(1)))
            .single();
    if (addMember(client, roomId, opener, now)) {
      client
          .sql("UPDATE person SET rooms_version = rooms_version + 1 WHERE person_id = ?")
          .param(opener.toString())
          .update();
      check(client, people.others(opener), opener);
    }
    if (isNew) {
      checkLimit(client, opener);
    }
    return new Opened(roomId, isNew);
  }

  /// Nobody is its creator, so nobody is its owner: not for an older version either.
  private static boolean insert(
      JdbcClient client, DirectPeople people, PersonId opener, Instant now) {
    return client
            .sql(
                """
                INSERT INTO room (room_id, name, topic, visibility, last_seq, created_at,
                  direct_people, opener_id)
                VALUES (:id, :name, '', :visibility, 0, :now, :people, :opener)
                ON CONFLICT DO NOTHING
                """)
            .param("id", UUID.randomUUID().toString())
            .param("name", names(client, people))
            .param("visibility", Visibility.PRIVATE.name())
            .param("now", now.toEpochMilli())
            .param("people", people.key())
            .param("opener", opener.toString())
            .update()
        == 1;
  }

  private static String names(JdbcClient client, DirectPeople people) {
    Map<PersonId, String> names = new HashMap<>();
    client
        .sql("SELECT person_id, name FROM person WHERE person_id IN (:ids)")
        .param("ids", people.ids().stream().map(PersonId::toString).toList())
        .query(row -> {
          names.put(PersonId.of(row.getString("person_id")), row.getString("name"));
        });
    if (names.size() < people.ids().size()) {
      throw new ProblemException(ProblemType.PERSON_NOT_FOUND);
    }
    return DirectPeople.joined(people.ids().stream().map(names::get).toList());
  }

  private static boolean addMember(JdbcClient client, RoomId roomId, PersonId opener, Instant now) {
    boolean added =
        client
                .sql(
                    """
                    INSERT INTO member (room_id, person_id, joined_at, read_seq)
                    VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING
                    """)
                .params(roomId.toString(), opener.toString(), now.toEpochMilli())
                .update()
            == 1;
    if (added) {
      client
          .sql("UPDATE room SET member_count = member_count + 1 WHERE room_id = ?")
          .param(roomId.toString())
          .update();
    }
    return added;
  }

  private void check(JdbcClient client, List<PersonId> others, PersonId opener) {
    for (PersonId other : others) {
      if (!shareARoom(client, opener, other) && !shareARoom(client, other, opener)) {
        throw new ProblemException(ProblemType.PERSON_NOT_FOUND);
      }
    }
    boolean isBlocked =
        client
            .sql(
                """
                SELECT 1 FROM blocked_inviter WHERE person_id IN (:others) AND inviter_id = :opener
                LIMIT 1
                """)
            .param("others", others.stream().map(PersonId::toString).toList())
            .param("opener", opener.toString())
            .query(Integer.class)
            .optional()
            .isPresent();
    if (isBlocked) {
      throw new ProblemException(ProblemType.MESSAGES_BLOCKED);
    }
  }

  /// Whether the other one is in one of the first rooms of this one. It is one step into the index
  /// for each room: for EXISTS, PostgreSQL may read all rooms of the other one, however many.
  private boolean shareARoom(JdbcClient client, PersonId one, PersonId other) {
    return client
        .sql(
            """
            SELECT 1 FROM (
              SELECT room_id FROM member WHERE person_id = :one
              ORDER BY joined_at, room_id LIMIT :max) AS first
            WHERE (SELECT 1 FROM member
              WHERE member.room_id = first.room_id AND member.person_id = :other) = 1
            LIMIT 1
            """)
        .param("one", one.toString())
        .param("max", settings.roomsLookedAtMax())
        .param("other", other.toString())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /// Two that one person opens at once do not pass it together: each has changed the person's row.
  private void checkLimit(JdbcClient client, PersonId opener) {
    int opened =
        client
            .sql(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM room WHERE opener_id = ? LIMIT ?) AS opened
                """)
            .params(opener.toString(), settings.openedMax() + 1)
            .query(Integer.class)
            .single();
    if (opened > settings.openedMax()) {
      throw new ProblemException(
          ProblemType.TOO_MANY_CONVERSATIONS,
          "You have opened %d direct conversations.".formatted(settings.openedMax()));
    }
  }
}
