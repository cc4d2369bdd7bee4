package io.tercet.system.stack;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Leaves a test out, and says why and how to get it, where the machine lacks what its tags name.
final class Needs implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing =
        context.getTags().stream().map(Needs::missing).flatMap(Optional::stream).findFirst();
    if (missing.isEmpty()) {
      return enabled("the machine has what this needs");
    }
    if (System.getenv("TERCET_TEST_ALL") != null) {
      throw new IllegalStateException("nothing may be left out, but: " + missing.get());
    }
    return disabled("left out: " + missing.get());
  }

  private static Optional<String> missing(String tag) {
    return switch (tag) {
      case "browser" -> when(!Files.isExecutable(chromium()), "no browser; apt install chromium");
      case "lftp" -> when(!onPath("lftp"), "no lftp; apt install lftp");
      case "rclone" -> when(!onPath("rclone"), "no rclone; apt install rclone");
      case "process" ->
          when(!StackUnderTest.mayKill(), "this stack's processes are not ours to kill");
      case "cluster" ->
          when(
              System.getenv("TERCET_SYSTEM_CLUSTER") == null,
              "this stack has one of each; start compose.cluster.yml, set TERCET_SYSTEM_CLUSTER=1");
      default -> Optional.empty();
    };
  }

  static Path chromium() {
    return Path.of(System.getenv().getOrDefault("TERCET_CHROMIUM", "/usr/bin/chromium"));
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Optional<String> when(boolean lacking, String what) {
    return lacking ? Optional.of(what) : Optional.empty();
  }
}
