package io.tercet.chat.people;

import io.tercet.chat.database.Database;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// People in the database's table `person`; [PersonNames] has the tables of their names.
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
                    WHERE name_key IN (:key, :spelling) OR display_key = :key
                    ORDER BY CASE WHEN name_key = :spelling THEN 0 WHEN name_key = :key THEN 1
                      WHEN name_key IS NULL THEN 3 ELSE 2 END LIMIT 1
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
    String id = person.personId().toString();
    Name given = DisplayName.given(person.displayName());
    return database.write(client -> {
      PersonNames.freeThoseOfGuests(client, name, guestsGoneSince);
      NameClaim claim = PersonNames.claim(client, id, name);
      if (claim instanceof NameClaim.Granted && !given.key().equals(name.key())) {
        PersonNames.freeThoseOfGuests(client, given, guestsGoneSince);
        claim = PersonNames.claim(client, id, given);
      }
      if (claim instanceof NameClaim.Granted && !insert(client, person, name, passwordHash, now)) {
        // The owner has an older name, whose skeletons are another's.
        claim = new NameClaim.Taken();
      }
      if (claim instanceof NameClaim.Granted) {
        PersonNames.addWords(client, id, name, given);
      } else {
        PersonNames.release(client, List.of(id));
      }
      return claim;
    });
  }

  private static boolean insert(
      JdbcClient client, Person person, Name name, @Nullable String hash, Instant now) {
    return client
            .sql(
                """
                INSERT INTO person
                  (person_id, name, name_key, display_name, display_key, password_hash, created_at,
                    last_seen_at)
                VALUES (:id, :name, :key, :displayName, :displayKey, :hash, :now, :now)
                ON CONFLICT (name_key) DO NOTHING
                """)
            .param("id", person.personId().toString())
            .param("name", name.shown())
            .param("key", name.key())
            .param("displayName", person.ownDisplayName())
            .param("displayKey", displayKey(person.ownDisplayName(), name))
            .param("hash", hash)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /// The key of the name that a display name gives; null if that is the person's own.
  private static @Nullable String displayKey(@Nullable String displayName, Name name) {
    String key = displayName == null ? name.key() : DisplayName.given(displayName).key();
    return key.equals(name.key()) ? null : key;
  }

  private record Renamed(Name name, @Nullable String displayName, long day, int count) {}

  @Override
  public boolean rename(
      PersonId personId,
      @Nullable String displayName,
      Instant now,
      Instant guestsGoneSince,
      int perDayMax) {
    long today = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    String rowLock = database.rowLock();
    return database.write(client -> {
      Renamed before =
          client
              .sql(
                  "SELECT name, display_name, renamed_on, renames FROM person WHERE person_id = ?"
                      + rowLock)
              .param(personId.toString())
              .query((row, number) ->
                  new Renamed(
                      Name.fromBefore(row.getString("name")),
                      row.getString("display_name"),
                      row.getLong("renamed_on"),
                      row.getInt("renames")))
              .single();
      if (Objects.equals(before.displayName(), displayName)) {
        return false;
      }
      int count = before.day() == today ? before.count() : 0;
      if (count >= perDayMax) {
        throw new ProblemException(
            ProblemType.TOO_FAST,
            "A display name changes at most " + perDayMax + " times a day.",
            Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS)));
      }
      changeGivenName(client, personId, before.name(), displayName, guestsGoneSince);
      client
          .sql(
              """
              UPDATE person SET display_name = :displayName, display_key = :key,
                renamed_on = :today, renames = :count
              WHERE person_id = :id
              """)
          .param("displayName", displayName)
          .param("key", displayKey(displayName, before.name()))
          .param("today", today)
          .param("count", count + 1)
          .param("id", personId.toString())
          .update();
      return true;
    });
  }

  private static void changeGivenName(
      JdbcClient client,
      PersonId personId,
      Name name,
      @Nullable String displayName,
      Instant guestsGoneSince) {
    String id = personId.toString();
    Name given = displayName == null ? name : DisplayName.given(displayName);
    PersonNames.releaseAllBut(client, id, name, given);
    if (!given.key().equals(name.key())) {
      PersonNames.freeThoseOfGuests(client, given, guestsGoneSince);
      // An exception takes back all that this transaction did.
      People.checkGranted(PersonNames.claim(client, id, given));
    }
    PersonNames.addWords(client, id, name, given);
  }

  @Override
  public boolean upgrade(PersonId personId, String passwordHash, Instant now) {
    return database.write(client ->
        client
                .sql(
                    """
                    UPDATE person SET password_hash = :hash, last_seen_at = :now
                    WHERE person_id = :id AND password_hash IS NULL AND name_key IS NOT NULL
                    """)
                .param("hash", passwordHash)
                .param("now", now.toEpochMilli())
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
    return database.write(client -> PersonNames.adopt(client, limit));
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
