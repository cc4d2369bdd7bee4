package io.tercet.system.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The Dockerfile's instructions, stage by stage.
///
/// @param stages by name, each from its `FROM` on, continued lines joined
record Dockerfile(Map<String, List<String>> stages) {

  static Dockerfile read() {
    Path file = Path.of(System.getProperty("tercet.root", ".")).resolve("Dockerfile");
    try {
      String text = Files.readString(file).replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R", "");
      return new Dockerfile(stages(text.lines().filter(line -> !line.isBlank()).toList()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Map<String, List<String>> stages(List<String> instructions) {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String instruction : instructions) {
      if (instruction.startsWith("FROM ")) {
        current = new ArrayList<>();
        stages.put(instruction.replaceFirst(".* AS ", ""), current);
      }
      current.add(instruction);
    }
    return stages;
  }

  /// The one instruction of this kind in a stage, without its keyword; empty if there is none.
  String instruction(String stage, String keyword) {
    return stages.getOrDefault(stage, List.of()).stream()
        .filter(instruction -> instruction.startsWith(keyword + " "))
        .map(instruction -> instruction.substring(keyword.length() + 1))
        .reduce("", (_, last) -> last);
  }
}
