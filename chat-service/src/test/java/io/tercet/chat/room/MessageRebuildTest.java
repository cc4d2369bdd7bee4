package io.tercet.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageRebuildTest {

  @TempDir Path folder;
  private Path file;
  private int rebuilds;

  @BeforeEach
  void name() {
    file = folder.resolve("rebuild-messages");
  }

  @Test
  void happensOnceForTheFileThatOrdersIt() throws IOException {
    start();
    assertThat(rebuilds).isZero();
    Files.createFile(file);
    start();
    start();
    assertThat(rebuilds).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void isRepeatedByTheNextStartIfOneFails() throws IOException {
    Files.createFile(file);
    MessageRebuild failing =
        new MessageRebuild(
            places -> {
              throw new IllegalStateException("a database that fails");
            },
            file);
    assertThatThrownBy(failing::start).hasMessage("a database that fails");
    start();
    assertThat(rebuilds).isEqualTo(1);
  }

  private void start() {
    new MessageRebuild(places -> ++rebuilds, file).start();
  }
}
