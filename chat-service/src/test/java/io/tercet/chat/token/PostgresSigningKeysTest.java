package io.tercet.chat.token;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresSigningKeysTest extends SigningKeysContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
