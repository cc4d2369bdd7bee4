package io.tercet.chat.people;

import io.tercet.chat.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Repository;

/// People in the database's table `person`.
@Repository
class JdbcPeopleStore implements PeopleStore {

  private static final String COLUMNS =
      "SELECT person_id, name, password_hash, last_seen_at FROM person ";

  private final Database database;

  JdbcPeopleStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Account> byKey(String nameKey) {
    return database.read(client ->
        client
            .sql(COLUMNS + "WHERE name_key = ?")
            .param(nameKey)
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
  public boolean add(
      PersonId personId,
      Name name,
      @Nullable String passwordHash,
      Instant now,
      Instant guestsGoneSince) {
    try {
      return database.write(client -> {
        client
            .sql(
                """
                UPDATE person SET name_key = NULL
                WHERE name_key = ? AND password_hash IS NULL AND last_seen_at < ?
                """)
            .params(name.key(), guestsGoneSince.toEpochMilli())
            .update();
        int added =
            client
                .sql(
                    """
                    INSERT INTO person
                      (person_id, name, name_key, password_hash, created_at, last_seen_at)
                    VALUES (:id, :name, :key, :hash, :now, :now)
                    ON CONFLICT (name_key) DO NOTHING
                    """)
                .param("id", personId.toString())
                .param("name", name.shown())
                .param("key", name.key())
                .param("hash", passwordHash)
                .param("now", now.toEpochMilli())
                .update();
        return added == 1;
      });
    } catch (DuplicateKeyException raced) {
      return false;
    }
  }

  @Override
  public boolean upgrade(PersonId personId, String passwordHash, Instant now) {
    return database.write(client ->
        client
                .sql(
                    """
                    UPDATE person SET password_hash = ?, last_seen_at = ?
                    WHERE person_id = ? AND password_hash IS NULL AND name_key IS NOT NULL
                    """)
                .params(passwordHash, now.toEpochMilli(), personId.toString())
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

  private static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        PersonId.of(row.getString("person_id")),
        row.getString("name"),
        row.getString("password_hash"),
        Instant.ofEpochMilli(row.getLong("last_seen_at")));
  }
}
