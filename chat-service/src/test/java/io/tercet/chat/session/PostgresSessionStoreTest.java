package io.tercet.chat.session;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresSessionStoreTest extends SessionStoreContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
