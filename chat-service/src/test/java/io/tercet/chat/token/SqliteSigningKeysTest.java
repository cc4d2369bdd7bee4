package io.tercet.chat.token;

import io.tercet.chat.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSigningKeysTest extends SigningKeysContract {

  @TempDir Path folder;

  @Override
  TestDatabases.Opened open() {
    return TestDatabases.sqlite(folder);
  }
}
