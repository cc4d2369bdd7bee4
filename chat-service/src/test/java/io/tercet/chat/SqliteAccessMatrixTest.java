package io.tercet.chat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class SqliteAccessMatrixTest extends AccessMatrixContract {

  @TempDir static Path folder;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }
}
