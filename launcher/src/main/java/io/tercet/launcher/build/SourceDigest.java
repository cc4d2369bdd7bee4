package io.tercet.launcher.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// A SHA-256 over the names and contents of source files.
final class SourceDigest {

  /// Folders with what was made of the sources.
  private static final Set<String> GENERATED = Set.of("node_modules", "dist", "target");

  private SourceDigest() {}

  /// @param paths files and folders below home; one that is missing counts as empty
  /// @return 64 hexadecimal digits
  static String of(Path home, List<String> paths) throws IOException {
    MessageDigest digest = sha256();
    for (String path : paths) {
      for (Path file : filesBelow(home.resolve(path))) {
        byte[] content = Files.readAllBytes(file);
        digest.update((home.relativize(file) + "\0" + content.length + "\0").getBytes());
        digest.update(content);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> filesBelow(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Files.exists(root)) {
      return files;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return GENERATED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
