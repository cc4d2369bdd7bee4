package io.tercet.chat.people.card;

import io.tercet.chat.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCardStoreTest extends CardStoreContract {

  @TempDir static Path folder;

  @Override
  TestDatabases.Opened open() {
    return TestDatabases.sqlite(folder);
  }
}
