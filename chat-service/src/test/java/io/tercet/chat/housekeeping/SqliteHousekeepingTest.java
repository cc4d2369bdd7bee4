package io.tercet.chat.housekeeping;

import io.tercet.chat.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteHousekeepingTest extends HousekeepingContract {

  @TempDir Path folder;

  @Override
  TestDatabases.Opened open() {
    return TestDatabases.sqlite(folder);
  }
}
