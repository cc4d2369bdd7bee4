package io.tercet.launcher.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Whole folders.
public final class Folders {

  private Folders() {}

  /// Deletes a folder and all in it, if it is there.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    for (Path path : all(folder, Comparator.reverseOrder())) {
      Files.delete(path);
    }
  }

  /// Copies a folder and all in it to a new one.
  static void copy(Path from, Path to) throws IOException {
    for (Path path : all(from, Comparator.naturalOrder())) {
      Files.copy(path, to.resolve(from.relativize(path)));
    }
  }

  private static List<Path> all(Path folder, Comparator<Path> order) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(order).toList();
    }
  }
}
