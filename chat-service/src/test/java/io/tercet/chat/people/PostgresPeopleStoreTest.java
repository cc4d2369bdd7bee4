package io.tercet.chat.people;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresPeopleStoreTest extends PeopleStoreContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
