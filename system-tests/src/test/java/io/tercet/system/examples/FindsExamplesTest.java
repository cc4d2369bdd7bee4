package io.tercet.system.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.examples.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What counts as an example.
class FindsExamplesTest {

  @Test
  void takesMarkedShellBlocksAndNoOthers(@TempDir Path folder) throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            ```sh
            unmarked
            ```
            <!-- example:first -->
            ```sh
            echo one
            echo two
            ```

            <!-- example:second-one -->

            ```sh
            echo three
            ```
            <!-- example:not-shell -->
            ```json
            {}
            ```
            """);

    assertThat(Examples.of(page))
        .containsExactly(
            new Example("first", "echo one\necho two\n"),
            new Example("second-one", "echo three\n"));
  }

  @Test
  void findsThoseOfTheReadme() {
    assertThat(ExamplesTest.readme()).isNotEmpty();
  }
}
