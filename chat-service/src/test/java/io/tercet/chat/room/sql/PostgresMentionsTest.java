package io.tercet.chat.room.sql;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class PostgresMentionsTest extends MentionsContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.open();
  }
}
