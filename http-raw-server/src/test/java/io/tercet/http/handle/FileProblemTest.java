package io.tercet.http.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each refusal of a file names its section, and has its reason on record.
class FileProblemTest {
  private static final Path DECISION =
      Path.of("../docs/adr/0007-what-two-readers-could-read-in-two-ways-is-refused.md");

  @ParameterizedTest
  @EnumSource
  void hasItsReasonOnRecord(FileProblem refusal) throws IOException {
    assertThat(refusal.section()).matches("RFC [0-9]{4} §[0-9]+(\\.[0-9]+)*");
    assertThat(Files.readString(DECISION))
        .containsPattern("(?m)^\\| `" + refusal + "` \\| [^|]*§[^|]* \\| [^|]+ \\|$")
        .contains("| `" + refusal + "` | " + refusal.section() + " |");
  }
}
