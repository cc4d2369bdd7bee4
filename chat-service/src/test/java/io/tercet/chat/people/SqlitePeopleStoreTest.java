package io.tercet.chat.people;

import io.tercet.chat.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqlitePeopleStoreTest extends PeopleStoreContract {

  @TempDir static Path folder;

  @Override
  TestDatabases.Opened open() {
    return TestDatabases.sqlite(folder);
  }
}
