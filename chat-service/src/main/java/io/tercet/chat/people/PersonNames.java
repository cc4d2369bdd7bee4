package io.tercet.chat.people;

import io.tercet.chat.text.Words;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the names of people look like, and what people are found by: the tables `person_skeleton`
/// and `person_word`. Each skeleton belongs to one person, who has it by their name or by the name
/// that their display name gives.
final class PersonNames {

  private PersonNames() {}

  /// Takes a name, and those that look like it, from guests whose last use was before.
  static void freeThoseOfGuests(JdbcClient client, Name name, Instant goneSince) {
    List<String> gone =
        client
            .sql(
                """
                SELECT person_id FROM person
                WHERE name_key = :key AND password_hash IS NULL AND last_seen_at < :gone
                UNION
                SELECT person.person_id
                FROM person_skeleton JOIN person ON person.person_id = person_skeleton.person_id
                WHERE skeleton IN (:skeletons) AND password_hash IS NULL AND last_seen_at < :gone
                """)
            .param("key", name.key())
            .param("skeletons", name.skeletons())
            .param("gone", goneSince.toEpochMilli())
            .query((row, number) -> row.getString(1))
            .list();
    if (gone.isEmpty()) {
      return;
    }
    List<String> freed =
        client
            .sql(
                """
                UPDATE person SET name_key = NULL, display_key = NULL
                WHERE person_id IN (:ids) AND password_hash IS NULL AND last_seen_at < :gone
                RETURNING person_id
                """)
            .param("ids", gone)
            .param("gone", goneSince.toEpochMilli())
            .query((row, number) -> row.getString(1))
            .list();
    if (!freed.isEmpty()) {
      release(client, freed);
    }
  }

  /// Gives a person, who may not be there yet, the skeletons of a name.
  ///
  /// The unique skeletons decide between two names that come at once, also on two replicas: the
  /// second insert waits for the first one's commit and then does nothing. A name from before may
  /// have no skeleton of its own, so its key counts, too.
  static NameClaim claim(JdbcClient client, String personId, Name name) {
    for (String skeleton : name.skeletons()) {
      if (!insertSkeleton(client, personId, skeleton)) {
        NameClaim refusal = refusal(client, personId, name, skeleton);
        if (refusal != null) {
          return refusal;
        }
      }
    }
    boolean isTaken =
        client
            .sql("SELECT 1 FROM person WHERE name_key = ? AND person_id <> ?")
            .params(name.key(), personId)
            .query(Integer.class)
            .optional()
            .isPresent();
    return isTaken ? new NameClaim.Taken() : new NameClaim.Granted();
  }

  /// Null if the skeleton is the person's own already.
  private static @Nullable NameClaim refusal(
      JdbcClient client, String personId, Name name, String skeleton) {
    Optional<Owner> owner =
        client
            .sql(
                """
                SELECT person_skeleton.person_id, name, name_key, display_key FROM person_skeleton
                LEFT JOIN person ON person.person_id = person_skeleton.person_id WHERE skeleton = ?
                """)
            .param(skeleton)
            .query((row, number) ->
                new Owner(
                    row.getString("person_id"),
                    row.getString("name"),
                    row.getString("name_key"),
                    row.getString("display_key")))
            .optional();
    // Its owner, a guest, may have lost it at this moment.
    return owner.isEmpty() ? new NameClaim.Taken() : owner.get().refusal(personId, name);
  }

  private record Owner(
      String personId, @Nullable String name, @Nullable String key, @Nullable String displayKey) {

    @Nullable NameClaim refusal(String asking, Name asked) {
      if (personId.equals(asking)) {
        return null;
      }
      return name == null || asked.key().equals(key) || asked.key().equals(displayKey)
          ? new NameClaim.Taken()
          : new NameClaim.Resembles(name);
    }
  }

  /// Takes all their names from people.
  static void release(JdbcClient client, List<String> personIds) {
    client
        .sql("DELETE FROM person_skeleton WHERE person_id IN (:ids)")
        .param("ids", personIds)
        .update();
    client.sql("DELETE FROM person_word WHERE person_id IN (:ids)").param("ids", personIds).update();
  }

  /// Takes from a person all names but these two.
  static void releaseAllBut(JdbcClient client, String personId, Name name, Name given) {
    client
        .sql("DELETE FROM person_skeleton WHERE person_id = :id AND skeleton NOT IN (:kept)")
        .param("id", personId)
        .param("kept", Stream.of(name, given).flatMap(each -> each.skeletons().stream()).toList())
        .update();
    client.sql("DELETE FROM person_word WHERE person_id = ?").param(personId).update();
  }

  /// Lets a person, who is there now, be found by their names.
  static void addWords(JdbcClient client, String personId, Name name, Name given) {
    Set<String> words = new LinkedHashSet<>();
    for (Name each : List.of(name, given)) {
      Words.of(each.key()).forEach(word -> words.add(word.text()));
    }
    // A name from before may have nothing but separators.
    if (!words.isEmpty()) {
      client
          .sql("INSERT INTO person_word (word, person_id) VALUES :rows ON CONFLICT DO NOTHING")
          .param("rows", words.stream().map(word -> new Object[] {word, personId}).toList())
          .update();
    }
  }

  private static boolean insertSkeleton(JdbcClient client, String personId, String skeleton) {
    return client
            .sql(
                """
                INSERT INTO person_skeleton (skeleton, person_id) VALUES (?, ?)
                ON CONFLICT (skeleton) DO NOTHING
                """)
            .params(skeleton, personId)
            .update()
        == 1;
  }

  /// Gives at most `limit` people who are older than these tables their key, skeletons and words, the
  /// oldest person first. The number of people.
  static int adopt(JdbcClient client, int limit) {
    List<ToAdopt> oldest =
        client
            .sql(
                "SELECT created_at, person_id FROM person_to_adopt"
                    + " ORDER BY created_at, person_id LIMIT ?")
            .param(limit)
            .query((row, number) ->
                new ToAdopt(row.getLong("created_at"), row.getString("person_id")))
            .list();
    if (!oldest.isEmpty()) {
      adopt(client, oldest);
      client
          .sql("DELETE FROM person_to_adopt WHERE (created_at, person_id) <= (?, ?)")
          .params(oldest.getLast().createdAt(), oldest.getLast().personId())
          .update();
    }
    return oldest.size();
  }

  private record ToAdopt(long createdAt, String personId) {}

  private record NameFromBefore(String personId, Name name, Name given, String key) {}

  private static void adopt(JdbcClient client, List<ToAdopt> oldest) {
    Map<String, NameFromBefore> names = new HashMap<>();
    client
        .sql(
            """
            SELECT person_id, name, name_key, display_name FROM person
            WHERE person_id IN (:ids) AND name_key IS NOT NULL
            """)
        .param("ids", oldest.stream().map(ToAdopt::personId).toList())
        .query(row -> {
          String personId = row.getString("person_id");
          Name name = Name.fromBefore(row.getString("name"));
          String displayName = row.getString("display_name");
          Name given = displayName == null ? name : DisplayName.given(displayName);
          names.put(personId, new NameFromBefore(personId, name, given, row.getString("name_key")));
        });
    for (ToAdopt next : oldest) {
      NameFromBefore old = names.get(next.personId());
      if (old != null) {
        adopt(client, old);
      }
    }
  }

  private static void adopt(JdbcClient client, NameFromBefore old) {
    if (!old.key().equals(old.name().key())) {
      changeKey(client, old);
    }
    old.name().skeletons().forEach(skeleton -> insertSkeleton(client, old.personId(), skeleton));
    addWords(client, old.personId(), old.name(), old.given());
  }

  private static void changeKey(JdbcClient client, NameFromBefore old) {
    Name name = old.name();
    for (String key : List.of(name.key(), name.shown())) {
      boolean isFree =
          !key.isEmpty()
              && client
                  .sql("SELECT 1 FROM person WHERE name_key = ? AND person_id <> ?")
                  .params(key, old.personId())
                  .query(Integer.class)
                  .optional()
                  .isEmpty();
      if (isFree) {
        client
            .sql("UPDATE person SET name_key = ? WHERE person_id = ?")
            .params(key, old.personId())
            .update();
        return;
      }
    }
  }
}
