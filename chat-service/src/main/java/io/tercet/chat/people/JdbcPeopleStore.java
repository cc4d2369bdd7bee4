package io.tercet.chat.people;

import io.tercet.chat.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// People in the database's tables `person` and `person_skeleton`.
@Repository
class JdbcPeopleStore implements PeopleStore {

  private static final String COLUMNS =
      "SELECT person_id, name, display_name, password_hash, last_seen_at FROM person ";

  private final Database database;

  JdbcPeopleStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Account> byName(Name name) {
    return database.read(client ->
        client
            .sql(
                COLUMNS
                    + """
                    WHERE name_key IN (:key, :spelling)
                    ORDER BY CASE WHEN name_key = :spelling THEN 0 ELSE 1 END LIMIT 1
                    """)
            .param("key", name.key())
            .param("spelling", name.shown())
            .query(JdbcPeopleStore::account)
            .optional());
  }

  @Override
  public Optional<Account> byId(PersonId personId) {
    return database.read(client ->
        client
            .sql(COLUMNS + "WHERE person_id = ?")
            .param(personId.toString())
            .query(JdbcPeopleStore::account)
            .optional());
  }

  @Override
  public List<Person> byIds(Collection<PersonId> personIds) {
    if (personIds.isEmpty()) {
      return List.of();
    }
    List<String> ids = personIds.stream().map(PersonId::toString).toList();
    return database.read(client ->
        client
            .sql(COLUMNS + "WHERE person_id IN (:ids)")
            .param("ids", ids)
            .query((row, number) -> account(row, number).person())
            .list());
  }

  @Override
  public Map<PersonId, People.Versions> versions(Collection<PersonId> personIds) {
    Map<PersonId, People.Versions> versions = new HashMap<>();
    if (!personIds.isEmpty()) {
      List<String> ids = personIds.stream().map(PersonId::toString).toList();
      database
          .read(client ->
              client
                  .sql(
                      "SELECT person_id, rooms_version, read_version FROM person"
                          + " WHERE person_id IN (:ids)")
                  .param("ids", ids)
                  .query((row, number) ->
                      Map.entry(
                          PersonId.of(row.getString(1)),
                          new People.Versions(row.getLong(2), row.getLong(3))))
                  .list())
          .forEach(person -> versions.put(person.getKey(), person.getValue()));
    }
    return versions;
  }

  @Override
  public NameClaim add(
      Person person,
      Name name,
      @Nullable String passwordHash,
      Instant now,
      Instant guestsGoneSince) {
    return database.write(client -> {
      freeNamesOfGuests(client, name, guestsGoneSince);
      NameClaim claim = claimSkeletons(client, person, name);
      if (claim instanceof NameClaim.Granted && !insert(client, person, name, passwordHash, now)) {
        // The owner has an older name, whose skeletons are another's.
        claim = new NameClaim.Taken();
      }
      if (!(claim instanceof NameClaim.Granted)) {
        client
            .sql("DELETE FROM person_skeleton WHERE person_id = ?")
            .param(person.personId().toString())
            .update();
      }
      return claim;
    });
  }

  private static void freeNamesOfGuests(JdbcClient client, Name name, Instant goneSince) {
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
                UPDATE person SET name_key = NULL
                WHERE person_id IN (:ids) AND password_hash IS NULL AND last_seen_at < :gone
                RETURNING person_id
                """)
            .param("ids", gone)
            .param("gone", goneSince.toEpochMilli())
            .query((row, number) -> row.getString(1))
            .list();
    if (!freed.isEmpty()) {
      client
          .sql("DELETE FROM person_skeleton WHERE person_id IN (:ids)")
          .param("ids", freed)
          .update();
    }
  }

  private static boolean insert(
      JdbcClient client, Person person, Name name, @Nullable String hash, Instant now) {
    return client
            .sql(
                """
                INSERT INTO person
                  (person_id, name, name_key, display_name, password_hash, created_at, last_seen_at)
                VALUES (:id, :name, :key, :displayName, :hash, :now, :now)
                ON CONFLICT (name_key) DO NOTHING
                """)
            .param("id", person.personId().toString())
            .param("name", name.shown())
            .param("key", name.key())
            .param("displayName", person.ownDisplayName())
            .param("hash", hash)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /// The unique skeletons decide between two names that come at once, also on two replicas: the
  /// second insert waits for the first one's commit and then does nothing.
  private static NameClaim claimSkeletons(JdbcClient client, Person person, Name name) {
    for (String skeleton : name.skeletons()) {
      if (!insertSkeleton(client, person.personId().toString(), skeleton)) {
        return refusal(client, name, skeleton);
      }
    }
    return new NameClaim.Granted();
  }

  private static NameClaim refusal(JdbcClient client, Name name, String skeleton) {
    return client
        .sql(
            """
            SELECT name, name_key FROM person_skeleton
            JOIN person ON person.person_id = person_skeleton.person_id WHERE skeleton = ?
            """)
        .param(skeleton)
        .<NameClaim>query((row, number) ->
            name.key().equals(row.getString("name_key"))
                ? new NameClaim.Taken()
                : new NameClaim.Resembles(row.getString("name")))
        .optional()
        // Its owner, a guest, lost the name at this moment.
        .orElseGet(NameClaim.Taken::new);
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

  @Override
  public boolean upgrade(
      PersonId personId, @Nullable String displayName, String passwordHash, Instant now) {
    return database.write(client ->
        client
                .sql(
                    """
                    UPDATE person SET password_hash = :hash, last_seen_at = :now,
                      display_name = COALESCE(:displayName, display_name)
                    WHERE person_id = :id AND password_hash IS NULL AND name_key IS NOT NULL
                    """)
                .param("hash", passwordHash)
                .param("now", now.toEpochMilli())
                .param("displayName", displayName)
                .param("id", personId.toString())
                .update()
            == 1);
  }

  @Override
  public void seen(PersonId personId, Instant now) {
    database.write(client ->
        client
            .sql("UPDATE person SET last_seen_at = ? WHERE person_id = ?")
            .params(now.toEpochMilli(), personId.toString())
            .update());
  }

  @Override
  public int adoptNames(int limit) {
    return database.write(client -> {
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
    });
  }

  private record ToAdopt(long createdAt, String personId) {}

  private record NameFromBefore(String personId, Name name, String key) {}

  private static void adopt(JdbcClient client, List<ToAdopt> oldest) {
    Map<String, NameFromBefore> names = new HashMap<>();
    client
        .sql(
            """
            SELECT person_id, name, name_key FROM person
            WHERE person_id IN (:ids) AND name_key IS NOT NULL
            """)
        .param("ids", oldest.stream().map(ToAdopt::personId).toList())
        .query(row -> {
          String personId = row.getString("person_id");
          Name name = Name.fromBefore(row.getString("name"));
          names.put(personId, new NameFromBefore(personId, name, row.getString("name_key")));
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

  private static Account account(ResultSet row, int number) throws SQLException {
    String name = row.getString("name");
    String displayName = row.getString("display_name");
    String passwordHash = row.getString("password_hash");
    Person person =
        new Person(
            PersonId.of(row.getString("person_id")),
            name,
            displayName == null ? name : displayName,
            passwordHash == null);
    return new Account(person, passwordHash, Instant.ofEpochMilli(row.getLong("last_seen_at")));
  }
}
