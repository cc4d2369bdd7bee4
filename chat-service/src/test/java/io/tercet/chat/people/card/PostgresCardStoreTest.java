package io.tercet.chat.people.card;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresCardStoreTest extends CardStoreContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
