package io.tercet.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSecretTest {

  @TempDir Path folder;

  @Test
  void isTheLineWithoutItsEnd() throws IOException {
    var bare = Files.writeString(folder.resolve("bare"), "s".repeat(32));
    var line = Files.writeString(folder.resolve("line"), "s".repeat(32) + "\n");

    var message = "message".getBytes(UTF_8);
    assertThat(ServiceSecret.read(line).sign(message))
        .isEqualTo(ServiceSecret.read(bare).sign(message));
  }

  @Test
  void saysWhatToDoWhenItIsMissing() {
    assertThatThrownBy(() -> ServiceSecret.read(folder.resolve("nothing")))
        .isInstanceOf(ServiceSecretException.class)
        .hasMessageContainingAll("No service secret", "make run", "TERCET_SERVICE_SECRET_FILE");
  }

  @Test
  void refusesOneThatIsTooShort() throws IOException {
    var file = Files.writeString(folder.resolve("short"), "s".repeat(31) + "\n");

    assertThatThrownBy(() -> ServiceSecret.read(file))
        .isInstanceOf(ServiceSecretException.class)
        .hasMessageContaining("31 bytes and needs at least 32");
  }
}
