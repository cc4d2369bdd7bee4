package io.tercet.chat.people;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresPeopleStoresTest extends PeopleStoresContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
