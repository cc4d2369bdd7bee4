package io.tercet.chat.room.sql;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import org.junit.jupiter.api.Tag;

/// A database in which every transaction is serializable, as CockroachDB's are: transactions that
/// meet are rolled back, and run again.
@Tag("docker")
class SerializableMentionsTest extends MentionsContract {

  @Override
  TestDatabases.Opened open() {
    return PostgresServer.openSerializable();
  }
}
