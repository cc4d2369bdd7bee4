package io.tercet.chat.token;

import io.tercet.chat.database.Database;
import java.util.List;
import org.springframework.stereotype.Repository;

/// Stores signing keys as JWKs with their private part, oldest first.
@Repository
class SigningKeyStore {

  private final Database database;

  SigningKeyStore(Database database) {
    this.database = database;
  }

  List<String> jwks() {
    return database.read(client ->
        client
            .sql("SELECT jwk FROM signing_key ORDER BY created_at, key_id")
            .query(String.class)
            .list());
  }

  /// Adds the first key, unless another replica has added one.
  void addFirst(String keyId, String jwk, long nowMillis) {
    database.write(client ->
        client
            .sql(
                """
                INSERT INTO signing_key (key_id, jwk, created_at)
                SELECT :id, :jwk, :now WHERE NOT EXISTS (SELECT 1 FROM signing_key)
                """)
            .param("id", keyId)
            .param("jwk", jwk)
            .param("now", nowMillis)
            .update());
  }
}
