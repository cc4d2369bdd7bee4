package io.tercet.chat.token;

import com.nimbusds.jose.jwk.ECKey;
import io.tercet.chat.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Repository;

/// Stores signing keys as JWKs with their private part.
@Repository
class SigningKeyStore {

  private final Database database;

  SigningKeyStore(Database database) {
    this.database = database;
  }

  /// All keys, in the order in which they sign.
  List<StoredKey> all() {
    return database.read(client ->
        client
            .sql(
                """
                SELECT jwk, COALESCE(place, 0) AS place, COALESCE(signs_at, created_at) AS signs_at
                FROM signing_key ORDER BY COALESCE(signs_at, created_at), key_id
                """)
            .query(SigningKeyStore::key)
            .list());
  }

  /// Adds the key of a place; false if another replica has added one.
  boolean add(ECKey key, long place, Instant now, Instant signsAt) {
    return database.write(client ->
        client
                .sql(
                    """
                    INSERT INTO signing_key (key_id, jwk, created_at, place, signs_at)
                    VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """)
                .params(
                    key.getKeyID(),
                    key.toJSONString(),
                    now.toEpochMilli(),
                    place,
                    signsAt.toEpochMilli())
                .update()
            == 1);
  }

  void remove(String keyId) {
    database.write(
        client -> client.sql("DELETE FROM signing_key WHERE key_id = ?").param(keyId).update());
  }

  private static StoredKey key(ResultSet row, int number) throws SQLException {
    try {
      return new StoredKey(
          ECKey.parse(row.getString("jwk")),
          row.getLong("place"),
          Instant.ofEpochMilli(row.getLong("signs_at")));
    } catch (ParseException e) {
      throw new IllegalStateException("a signing key cannot be read", e);
    }
  }
}
