package io.tercet.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What clients are told stands in the contract.
class ProblemTypeTest {
  private static final Path CONTRACT = Path.of("../contracts/problems.md");

  @ParameterizedTest
  @EnumSource
  void isInTheContractWithItsStatusAndTitle(ProblemType type) throws IOException {
    String row = "| `%s` | %d | %s |";
    assertThat(Files.readAllLines(CONTRACT))
        .contains(row.formatted(type.slug(), type.status().code(), type.title()));
  }
}
