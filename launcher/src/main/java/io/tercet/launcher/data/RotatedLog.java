package io.tercet.launcher.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A log and its predecessors: `x.log` becomes `x.log.1` and so on; the oldest goes.
///
/// Bounds: five predecessors; a log that has grown beyond 20 MiB is to be moved on.
public record RotatedLog(Path file) {

  private static final int KEPT = 5;
  private static final long BYTES_MAX = 20L * 1024 * 1024;
  private static final int TAIL_BYTES_MAX = 64 * 1024;
  private static final int COLUMNS_MAX = 240;

  /// Makes it for its owner alone, if it is missing.
  public void make() throws IOException {
    OwnerOnly.makeFile(file);
  }

  /// Moves it on if it has anything.
  public void rotate() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return;
    }
    for (int number = KEPT - 1; number >= 1; number--) {
      if (Files.exists(predecessor(number))) {
        Files.move(
            predecessor(number), predecessor(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(
        file,
        predecessor(1),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    // Emptied, not replaced: a service that runs goes on appending to the same file.
    FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
  }

  /// Moves it on if it is large.
  public void rotateIfLarge() throws IOException {
    if (file.toFile().length() > BYTES_MAX) {
      rotate();
    }
  }

  private Path predecessor(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /// Its last lines, each cut at 240 characters; none if there is no log.
  public List<String> tail(int lines) {
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Math.max(0, channel.size() - TAIL_BYTES_MAX);
      var bytes = ByteBuffer.allocate((int) (channel.size() - from));
      channel.read(bytes, from);
      List<String> all =
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size()).stream()
          .map(line -> line.substring(0, Math.min(COLUMNS_MAX, line.length())))
          .toList();
    } catch (IOException absent) {
      return List.of();
    }
  }
}
