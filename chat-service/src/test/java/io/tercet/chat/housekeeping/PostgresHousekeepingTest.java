package io.tercet.chat.housekeeping;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresHousekeepingTest extends HousekeepingContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
