package io.tercet.chat;

import io.tercet.chat.database.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("docker")
class PostgresMessagesTest extends MessagesContract {

  @TempDir static Path folder;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    start(properties, folder);
    PostgresServer.addSettings(properties);
  }
}
