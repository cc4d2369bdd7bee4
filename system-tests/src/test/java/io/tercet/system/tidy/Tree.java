package io.tercet.system.tidy;

import io.tercet.system.client.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The files of the repository: what git tracks, and what it would track.
///
/// @param root the repository's root
/// @param files relative to the root, sorted
record Tree(Path root, List<Path> files) {

  private static final Set<String> BINARY =
      Set.of("png", "jpg", "ico", "gif", "webp", "woff2", "pdf", "zip", "jar");

  static Tree read() {
    Path root = Path.of(System.getProperty("tercet.root", ".")).toAbsolutePath().normalize();
    List<String> list =
        List.of("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
    String names = Command.run(root, Map.of(), list).succeeded().text();
    List<Path> files =
        Stream.of(names.split("\0"))
            .map(Path::of)
            .filter(file -> Files.isRegularFile(root.resolve(file)))
            .sorted()
            .toList();
    return new Tree(root, files);
  }

  /// The files whose name ends so.
  Stream<Path> ending(String suffix) {
    return files.stream().filter(file -> file.toString().endsWith(suffix));
  }

  /// The files that are read by people.
  Stream<Path> texts() {
    return files.stream().filter(file -> !BINARY.contains(extension(file)));
  }

  boolean exists(Path file) {
    return Files.exists(root.resolve(file));
  }

  long size(Path file) {
    try {
      return Files.size(root.resolve(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String text(Path file) {
    try {
      return new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  List<String> lines(Path file) {
    return List.of(text(file).split("\n", -1));
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
