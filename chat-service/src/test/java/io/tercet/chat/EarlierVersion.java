package io.tercet.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The chat-service that operators run before they update: the commit that
/// `contracts/compatible-with` names. It is built once for each commit, into `build/compatible`.
///
/// Bounds: a build has ten minutes.
final class EarlierVersion {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final long BUILD_MINUTES = 10;

  private EarlierVersion() {}

  static String commit() {
    try {
      return Files.readAllLines(ROOT.resolve("contracts/compatible-with")).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether this clone has the commit, or what was built of it: one without history has not.
  static boolean isThere() throws IOException {
    if (Files.exists(ROOT.resolve("build/compatible").resolve(commit()))) {
      return true;
    }
    Process git =
        new ProcessBuilder("git", "cat-file", "-e", commit() + "^{commit}")
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    return git.onExit().join().exitValue() == 0;
  }

  /// The packaged service.
  static Path jar() throws IOException {
    Path folder = ROOT.resolve("build/compatible").resolve(commit());
    Path jar = folder.resolve("chat-service.jar");
    if (!Files.exists(jar)) {
      build(Files.createDirectories(folder), jar);
    }
    return jar;
  }

  private static void build(Path folder, Path jar) throws IOException {
    Path log = folder.resolve("build.log");
    Path tree = Files.createTempDirectory(folder, "tree-");
    Path archive = tree.resolve("source.tar");
    run(ROOT, log, "git", "archive", "--output=" + archive, commit());
    run(tree, log, "tar", "-xf", archive.toString());
    // Its libraries are those of this version, nearly always: then nothing is fetched.
    String pack = "bin/mvn --batch-mode -q -pl chat-service package -Dmaven.test.skip=true";
    run(tree, log, "sh", "-c", pack + " --offline || " + pack);
    Files.move(
        tree.resolve("chat-service/target/chat-service.jar"), jar, StandardCopyOption.ATOMIC_MOVE);
    run(folder, log, "rm", "-r", tree.toString());
  }

  private static void run(Path folder, Path log, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    // What the Maven that runs this test says to its children is not for another Maven.
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    try {
      if (process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IllegalStateException(
        "%s failed; a clone without history lacks the commit (git fetch --unshallow). It said:%n%s"
            .formatted(List.of(command), Files.readString(log)));
  }
}
