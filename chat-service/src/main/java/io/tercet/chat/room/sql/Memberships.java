package io.tercet.chat.room.sql;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who is in which room, and who is invited, during one transaction of the log.
///
/// It reads what a batch needs before the first command, remembers what each command changes, and
/// writes all of it at the end. So each table is read once and written once or twice, however many
/// commands there are.
///
/// Confined to the thread and the transaction that made it.
final class Memberships {

  /// A person and a room.
  record Membership(RoomId roomId, PersonId personId) {}

  /// Memberships that one statement reads: a message may mention many people.
  private static final int ROWS_MAX = 1_000;

  private final JdbcClient client;
  private final Map<PersonId, String> displayNames = new HashMap<>();
  private final Set<Membership> members = new HashSet<>();
  private final Map<Membership, Long> joined = new LinkedHashMap<>();
  private final Set<Membership> left = new LinkedHashSet<>();
  private final Set<Membership> invited = new HashSet<>();

  Memberships(JdbcClient client) {
    this.client = client;
  }

  /// Reads who of these is a member, and what each of these people is called now. Each is one step
  /// into each index: see [LogTransaction].
  void read(Set<Membership> asked) {
    List<Object[]> all = rows(asked, Memberships::pair);
    for (int from = 0; from < all.size(); from += ROWS_MAX) {
      client
          .sql(
              """
              SELECT asked.column1 AS room_id, person.person_id, display_name, name,
                member.person_id AS member_id
              FROM (VALUES :asked) AS asked
              LEFT JOIN person ON person.person_id = asked.column2
              LEFT JOIN member ON member.room_id = asked.column1
                AND member.person_id = asked.column2
              WHERE person.person_id IS NOT NULL
              """)
          .param("asked", all.subList(from, Math.min(from + ROWS_MAX, all.size())))
          .query(row -> {
            PersonId personId = PersonId.of(row.getString("person_id"));
            String displayName = row.getString("display_name");
            displayNames.put(personId, displayName == null ? row.getString("name") : displayName);
            if (row.getString("member_id") != null) {
              members.add(new Membership(RoomId.of(row.getString("room_id")), personId));
            }
          });
    }
  }

  /// What a person is called now. A token may say what they were called some minutes ago.
  String displayName(Person person) {
    return displayNames.getOrDefault(person.personId(), person.displayName());
  }

  /// Ends the open invitations of those who come in this batch, by an invitation or not: who came
  /// has no use for one. [#takeInvitation] tells whether there was one.
  void endInvitations(Set<Membership> coming) {
    if (coming.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            DELETE FROM invitation WHERE (person_id, room_id) IN (VALUES :coming)
            RETURNING person_id, room_id
            """)
        .param(
            "coming",
            rows(
                coming,
                each -> new Object[] {each.personId().toString(), each.roomId().toString()}))
        .query(row -> {
          invited.add(
              new Membership(
                  RoomId.of(row.getString("room_id")), PersonId.of(row.getString("person_id"))));
        });
  }

  boolean contains(Membership membership) {
    return members.contains(membership);
  }

  /// `seq` is that of the `joined`: up to there the member has read.
  void add(Membership membership, long seq) {
    members.add(membership);
    joined.put(membership, seq);
  }

  void remove(Membership membership) {
    members.remove(membership);
    if (joined.remove(membership) == null) {
      left.add(membership);
    }
  }

  /// Whether the person was invited when the batch began; true once for each invitation.
  boolean takeInvitation(Membership membership) {
    return invited.remove(membership);
  }

  /// Writes what changed.
  void write(Instant now) {
    if (!left.isEmpty()) {
      client
          .sql("DELETE FROM member WHERE (room_id, person_id) IN (VALUES :left)")
          .param("left", rows(left, Memberships::pair))
          .update();
    }
    if (!joined.isEmpty()) {
      long joinedAt = now.toEpochMilli();
      client
          .sql("INSERT INTO member (room_id, person_id, joined_at, read_seq) VALUES :joined")
          .param(
              "joined",
              rows(
                  joined.keySet(),
                  each ->
                      new Object[] {
                        each.roomId().toString(),
                        each.personId().toString(),
                        joinedAt,
                        joined.getOrDefault(each, 0L)
                      }))
          .update();
    }
  }

  private static Object[] pair(Membership membership) {
    return new Object[] {membership.roomId().toString(), membership.personId().toString()};
  }

  private static List<Object[]> rows(
      Collection<Membership> memberships, Function<Membership, Object[]> row) {
    return memberships.stream().map(row).toList();
  }
}
