package io.tercet.chat.room.sql;

import io.tercet.chat.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMentionsTest extends MentionsContract {

  @TempDir static Path folder;

  @Override
  TestDatabases.Opened open() {
    return TestDatabases.sqlite(folder);
  }
}
