package io.tercet.chat.people.card;

import io.tercet.chat.database.Database;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.picture.Picture;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Cards in the database's tables `person`, `person_picture` and `person_word`. It reads the tables
/// `member` and `invitation` to know who sees them.
///
/// Threading: any thread.
@Repository
class CardStore {

  private static final String COLUMNS =
      """
      SELECT person.person_id, name, display_name, password_hash IS NULL AS guest, picture,
        status_emoji, status_text, status_until, time_zone
      FROM person
      """;

  /// Where an earlier change has this time or a later one, as by another clock: behind that.
  private static final String CHANGED_NOW =
      "card_changed_at = CASE WHEN card_changed_at >= :now THEN card_changed_at + 1 ELSE :now END";

  /// No name has it, and every text that a name can have comes before it.
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private final Database database;

  CardStore(Database database) {
    this.database = database;
  }

  List<Card> findAll(Collection<PersonId> personIds) {
    if (personIds.isEmpty()) {
      return List.of();
    }
    return database.read(client ->
        client
            .sql(COLUMNS + "WHERE person_id IN (:ids)")
            .param("ids", texts(personIds))
            .query(CardStore::card)
            .list());
  }

  /// Those of these people whose card the viewer sees: who is in one of the first `roomsMax` rooms
  /// that the viewer joined, and who invited the viewer, or is invited, as long as that is open.
  Set<PersonId> seenBy(PersonId viewer, Collection<PersonId> personIds, int roomsMax) {
    if (personIds.isEmpty()) {
      return Set.of();
    }
    return database.read(client ->
        new HashSet<>(
            client
                .sql(
                    """
                    SELECT person_id FROM person WHERE person_id IN (:ids) AND (
                      EXISTS (
                        SELECT 1 FROM (
                          SELECT room_id FROM member WHERE person_id = :viewer
                          ORDER BY joined_at, room_id LIMIT :rooms) AS mine
                        CROSS JOIN member AS theirs
                        WHERE theirs.room_id = mine.room_id
                          AND theirs.person_id = person.person_id)
                      OR EXISTS (SELECT 1 FROM invitation
                        WHERE invitation.person_id = :viewer AND inviter_id = person.person_id)
                      OR EXISTS (SELECT 1 FROM invitation
                        WHERE invitation.person_id = person.person_id AND inviter_id = :viewer))
                    """)
                .param("ids", texts(personIds))
                .param("viewer", viewer.toString())
                .param("rooms", roomsMax)
                .query((row, number) -> PersonId.of(row.getString(1)))
                .list()));
  }

  void setTimeZone(PersonId personId, @Nullable String timeZone, Instant now) {
    database.write(client ->
        client
            .sql("UPDATE person SET time_zone = :zone, " + CHANGED_NOW + " WHERE person_id = :id")
            .param("zone", timeZone)
            .param("now", now.toEpochMilli())
            .param("id", personId.toString())
            .update());
  }

  void setStatus(PersonId personId, @Nullable Status status, Instant now) {
    Instant until = status == null ? null : status.until();
    database.write(client ->
        client
            .sql(
                "UPDATE person SET status_emoji = :emoji, status_text = :text, status_until = :until, "
                    + CHANGED_NOW
                    + " WHERE person_id = :id")
            .param("emoji", status == null ? null : status.emoji())
            .param("text", status == null ? null : status.text())
            .param("until", until == null ? null : until.toEpochMilli())
            .param("now", now.toEpochMilli())
            .param("id", personId.toString())
            .update());
  }

  /// Replaces the picture; null takes it away.
  void setPicture(PersonId personId, @Nullable Picture picture, Instant now) {
    database.write(client -> {
      // The row of the person is locked from here on: two pictures that come at once do not mix.
      client
          .sql("UPDATE person SET picture = :hash, " + CHANGED_NOW + " WHERE person_id = :id")
          .param("hash", picture == null ? null : picture.hash())
          .param("now", now.toEpochMilli())
          .param("id", personId.toString())
          .update();
      client
          .sql("DELETE FROM person_picture WHERE person_id = ?")
          .param(personId.toString())
          .update();
      if (picture != null) {
        insert(client, personId, picture);
      }
      return personId;
    });
  }

  private static void insert(JdbcClient client, PersonId personId, Picture picture) {
    for (Picture.Rendition rendition : picture.renditions()) {
      client
          .sql(
              """
              INSERT INTO person_picture (person_id, size, hash, media_type, bytes)
              VALUES (:id, :size, :hash, :mediaType, :bytes)
              """)
          .param("id", personId.toString())
          .param("size", rendition.size())
          .param("hash", picture.hash())
          .param("mediaType", rendition.mediaType())
          .param("bytes", rendition.bytes())
          .update();
    }
  }

  /// The picture with this hash in this size, if the person has it still.
  Optional<Picture.Rendition> picture(PersonId personId, String hash, int size) {
    return database.read(client ->
        client
            .sql(
                """
                SELECT media_type, bytes FROM person_picture
                WHERE person_id = ? AND size = ? AND hash = ?
                """)
            .params(personId.toString(), size, hash)
            .query((row, number) ->
                new Picture.Rendition(size, row.getString("media_type"), row.getBytes("bytes")))
            .optional());
  }

  /// The cards of the people of whose words at most `limit` begin so, in the order of the words.
  List<Card> search(String beginning, int limit) {
    return database.read(client ->
        List.copyOf(
            new LinkedHashSet<>(
                client
                    .sql(
                        """
                        SELECT person.person_id, name, display_name, password_hash IS NULL AS guest,
                          picture, status_emoji, status_text, status_until, time_zone
                        FROM (SELECT word, person_id FROM person_word
                          WHERE word >= :beginning AND word < :end
                          ORDER BY word, person_id LIMIT :limit) AS found
                        JOIN person ON person.person_id = found.person_id
                        WHERE name_key IS NOT NULL ORDER BY word, found.person_id
                        """)
                    .param("beginning", beginning)
                    .param("end", beginning + LAST_CHARACTER)
                    .param("limit", limit)
                    .query(CardStore::card)
                    .list())));
  }

  /// The rooms of a person, at most `limit`, those joined first.
  List<UUID> rooms(PersonId personId, int limit) {
    return database.read(client ->
        client
            .sql(
                """
                SELECT room_id FROM member WHERE person_id = ?
                ORDER BY joined_at, room_id LIMIT ?
                """)
            .params(personId.toString(), limit)
            .query((row, number) -> UUID.fromString(row.getString(1)))
            .list());
  }

  /// At most `limit` people whose card changed at a time or later, and when, the newest change first.
  Map<PersonId, Instant> changedSince(Instant time, int limit) {
    Map<PersonId, Instant> changed = new HashMap<>();
    return database.read(client -> {
      client
          .sql(
              """
              SELECT person_id, card_changed_at FROM person WHERE card_changed_at >= ?
              ORDER BY card_changed_at DESC LIMIT ?
              """)
          .params(time.toEpochMilli(), limit)
          .query(row -> {
            changed.put(
                PersonId.of(row.getString("person_id")),
                Instant.ofEpochMilli(row.getLong("card_changed_at")));
          });
      return changed;
    });
  }

  private static List<String> texts(Collection<PersonId> personIds) {
    return personIds.stream().map(PersonId::toString).toList();
  }

  private static Card card(ResultSet row, int number) throws SQLException {
    String name = row.getString("name");
    String displayName = row.getString("display_name");
    Person person =
        new Person(
            PersonId.of(row.getString("person_id")),
            name,
            displayName == null ? name : displayName,
            row.getBoolean("guest"));
    String text = row.getString("status_text");
    long until = row.getLong("status_until");
    Instant end = row.wasNull() ? null : Instant.ofEpochMilli(until);
    Status status = text == null ? null : new Status(row.getString("status_emoji"), text, end);
    return new Card(person, row.getString("picture"), status, row.getString("time_zone"));
  }
}
