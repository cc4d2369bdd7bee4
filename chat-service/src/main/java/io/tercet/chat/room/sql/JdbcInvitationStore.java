package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.direct.DirectPeople;
import io.tercet.chat.room.invitation.Invitation;
import io.tercet.chat.room.invitation.InvitationSettings;
import io.tercet.chat.room.invitation.InvitationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Invitations in the database's tables `invitation` and `blocked_inviter`.
///
/// An invitation takes the locks of its room and then of both people, in the order of their ids. So
/// nobody joins or leaves meanwhile, and two invitations at once do not pass a limit together. To
/// block somebody takes those of the direct conversation of both, if there is one, and of the
/// people.
@Repository
class JdbcInvitationStore implements InvitationStore {

  private static final String SELECT =
      """
      SELECT person_id, invitation.room_id, name, inviter_id, invited_at
      FROM invitation JOIN room ON room.room_id = invitation.room_id
      """;

  private final Database database;
  private final InvitationSettings settings;

  JdbcInvitationStore(Database database, InvitationSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  @Override
  public boolean add(RoomId roomId, PersonId inviterId, PersonId personId, Instant now) {
    return database.write(client -> {
      lockRoom(client, roomId);
      lockPeople(client, inviterId, personId);
      if (!isMember(client, roomId, inviterId)) {
        throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
      }
      if (isDirect(client, roomId)) {
        throw new ProblemException(ProblemType.DIRECT_CONVERSATION);
      }
      if (isMember(client, roomId, personId)) {
        return false;
      }
      if (isBlocked(client, personId, inviterId)) {
        throw new ProblemException(ProblemType.INVITATIONS_BLOCKED);
      }
      if (!isOpen(client, roomId, personId)) {
        checkLimits(client, inviterId, personId);
        client
            .sql(
                """
                INSERT INTO invitation (person_id, room_id, inviter_id, invited_at)
                VALUES (?, ?, ?, ?)
                """)
            .params(
                personId.toString(), roomId.toString(), inviterId.toString(), now.toEpochMilli())
            .update();
        RoomsVersion.raise(client, List.of(personId));
      }
      return true;
    });
  }

  private void checkLimits(JdbcClient client, PersonId inviterId, PersonId personId) {
    List<String> inviters =
        client
            .sql("SELECT inviter_id FROM invitation WHERE person_id = ?")
            .param(personId.toString())
            .query((row, number) -> row.getString(1))
            .list();
    if (inviters.stream().filter(inviterId.toString()::equals).count()
        >= settings.fromOneInviterMax()) {
      throw tooMany(
          "This person has %d open invitations from you: wait for an answer, or withdraw one.",
          settings.fromOneInviterMax());
    }
    if (inviters.size() >= settings.perPersonMax()) {
      throw tooMany(
          "This person has %d open invitations and must answer some first.",
          settings.perPersonMax());
    }
    int sent =
        client
            .sql("SELECT COUNT(*) FROM invitation WHERE inviter_id = ?")
            .param(inviterId.toString())
            .query(Integer.class)
            .single();
    if (sent >= settings.perInviterMax()) {
      throw tooMany(
          "%d of your invitations are open: wait for answers, or withdraw some.",
          settings.perInviterMax());
    }
  }

  private static ProblemException tooMany(String detail, int max) {
    return new ProblemException(ProblemType.TOO_MANY_INVITATIONS, detail.formatted(max));
  }

  @Override
  public List<Invitation> to(PersonId personId) {
    return database.read(client ->
        client
            .sql(SELECT + "WHERE person_id = ? ORDER BY invited_at DESC, invitation.room_id")
            .param(personId.toString())
            .query(JdbcInvitationStore::invitation)
            .list());
  }

  @Override
  public List<Invitation> from(PersonId inviterId, RoomId roomId) {
    return database.read(client ->
        client
            .sql(
                SELECT
                    + """
                    WHERE inviter_id = ? AND invitation.room_id = ?
                    ORDER BY invited_at DESC, person_id
                    """)
            .params(inviterId.toString(), roomId.toString())
            .query(JdbcInvitationStore::invitation)
            .list());
  }

  @Override
  public Optional<PersonId> end(RoomId roomId, PersonId personId) {
    return database.write(client -> {
      Optional<PersonId> inviter =
          client
              .sql(
                  "DELETE FROM invitation WHERE person_id = ? AND room_id = ? RETURNING inviter_id")
              .params(personId.toString(), roomId.toString())
              .query((row, number) -> PersonId.of(row.getString(1)))
              .optional();
      inviter.ifPresent(inviterId -> RoomsVersion.raise(client, List.of(personId, inviterId)));
      return inviter;
    });
  }

  @Override
  public boolean withdraw(RoomId roomId, PersonId inviterId, PersonId personId) {
    return database.write(client -> {
      boolean was =
          client
                  .sql(
                      "DELETE FROM invitation WHERE person_id = ? AND room_id = ? AND inviter_id ="
                          + " ?")
                  .params(personId.toString(), roomId.toString(), inviterId.toString())
                  .update()
              == 1;
      RoomsVersion.raise(client, was ? List.of(personId) : List.of());
      return was;
    });
  }

  @Override
  public void block(PersonId personId, PersonId inviterId, Instant now) {
    String both = new DirectPeople(List.of(personId, inviterId)).key();
    database.write(client -> {
      lockConversation(client, both);
      lockPeople(client, inviterId, personId);
      if (!isBlocked(client, personId, inviterId)) {
        checkBlockedLimit(client, personId);
        client
            .sql("INSERT INTO blocked_inviter (person_id, inviter_id, blocked_at) VALUES (?, ?, ?)")
            .params(personId.toString(), inviterId.toString(), now.toEpochMilli())
            .update();
      }
      RoomsVersion.raise(client, List.of(personId, inviterId));
      return client
          .sql("DELETE FROM invitation WHERE person_id = ? AND inviter_id = ?")
          .params(personId.toString(), inviterId.toString())
          .update();
    });
  }

  private void checkBlockedLimit(JdbcClient client, PersonId personId) {
    int blocked =
        client
            .sql("SELECT COUNT(*) FROM blocked_inviter WHERE person_id = ?")
            .param(personId.toString())
            .query(Integer.class)
            .single();
    if (blocked >= settings.blockedMax()) {
      throw new ProblemException(
          ProblemType.TOO_MANY_BLOCKED,
          "You have blocked %d people: unblock somebody first.".formatted(settings.blockedMax()));
    }
  }

  @Override
  public void unblock(PersonId personId, PersonId inviterId) {
    database.write(client ->
        client
            .sql("DELETE FROM blocked_inviter WHERE person_id = ? AND inviter_id = ?")
            .params(personId.toString(), inviterId.toString())
            .update());
  }

  @Override
  public List<PersonId> blockedBy(PersonId personId) {
    return database.read(client ->
        client
            .sql("SELECT inviter_id FROM blocked_inviter WHERE person_id = ?")
            .param(personId.toString())
            .query((row, number) -> PersonId.of(row.getString(1)))
            .list());
  }

  private static void lockRoom(JdbcClient client, RoomId roomId) {
    // An update takes the row's lock on either database; SELECT … FOR UPDATE only on one.
    client
        .sql("UPDATE room SET last_seq = last_seq WHERE room_id = ?")
        .param(roomId.toString())
        .update();
  }

  /// What the blocked person writes there meanwhile is committed before, or refused.
  private static void lockConversation(JdbcClient client, String people) {
    client
        .sql("UPDATE room SET last_seq = last_seq WHERE direct_people = ?")
        .param(people)
        .update();
  }

  private static void lockPeople(JdbcClient client, PersonId one, PersonId other) {
    Stream.of(one.toString(), other.toString())
        .sorted()
        .forEach(id ->
            client
                .sql("UPDATE person SET last_seen_at = last_seen_at WHERE person_id = ?")
                .param(id)
                .update());
  }

  private static boolean isMember(JdbcClient client, RoomId roomId, PersonId personId) {
    return exists(
        client, "SELECT 1 FROM member WHERE room_id = ? AND person_id = ?", roomId, personId);
  }

  private static boolean isDirect(JdbcClient client, RoomId roomId) {
    return client
        .sql("SELECT 1 FROM room WHERE room_id = ? AND direct_people IS NOT NULL")
        .param(roomId.toString())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private static boolean isBlocked(JdbcClient client, PersonId personId, PersonId inviterId) {
    return exists(
        client,
        "SELECT 1 FROM blocked_inviter WHERE person_id = ? AND inviter_id = ?",
        personId,
        inviterId);
  }

  private static boolean isOpen(JdbcClient client, RoomId roomId, PersonId personId) {
    return exists(
        client, "SELECT 1 FROM invitation WHERE room_id = ? AND person_id = ?", roomId, personId);
  }

  private static boolean exists(JdbcClient client, String sql, Object one, Object other) {
    return client
        .sql(sql)
        .params(one.toString(), other.toString())
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private static Invitation invitation(ResultSet row, int number) throws SQLException {
    return new Invitation(
        PersonId.of(row.getString("person_id")),
        RoomId.of(row.getString("room_id")),
        row.getString("name"),
        PersonId.of(row.getString("inviter_id")),
        Instant.ofEpochMilli(row.getLong("invited_at")));
  }
}
