package io.tercet.system.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Command;
import io.tercet.system.examples.Examples.Example;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The README's examples work when they are pasted into a shell while Tercet runs.
@DrivesTheStack
class ExamplesTest {

  private final Stack stack;

  ExamplesTest(Stack stack) {
    this.stack = stack;
  }

  static List<Example> readme() {
    return Examples.of(Path.of(System.getProperty("tercet.root", "."), "README.md"));
  }

  @ParameterizedTest
  @MethodSource("readme")
  void worksWhenPasted(Example example, @TempDir Path folder) {
    Command run =
        Command.run(
            folder,
            Map.of("TERCET", stack.origin().toString()),
            List.of("bash", "-euo", "pipefail", "-c", example.script()));

    assertThat(run.exit()).as("%s said: %s", example, run.text()).isZero();
  }
}
