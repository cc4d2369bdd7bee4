package io.tercet.files.kills;

import io.tercet.files.database.StoppingConnections;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A process that makes each change on copies of a data folder, stops on the first copy before the
/// first statement, on the second before the second and so on, and then ends as if it was killed.
///
/// Nothing is rolled back, flushed or closed by then. On the last copy of each change nothing
/// stops, so that the change is acknowledged: a file in it says so.
final class DiesAtEachStatement {
  static final int EXIT = 137;
  static final String ACKNOWLEDGED = "acknowledged";

  private static final int STATEMENTS_MAX = 300;
  private static final int PATIENCE_SECONDS = 60;

  private DiesAtEachStatement() {}

  /// Arguments: the folder to copy, the one for the copies, the URL of chat-service, and the ids of
  /// the person and of the room.
  public static void main(String[] arguments) {
    int exit = 1;
    try {
      makeEachChange(arguments);
      exit = EXIT;
    } catch (Throwable failure) {
      failure.printStackTrace();
    } finally {
      // Threads that stopped would keep the process alive.
      Runtime.getRuntime().halt(exit);
    }
  }

  private static void makeEachChange(String[] arguments) throws Exception {
    Path original = Path.of(arguments[0]);
    FilesWithoutDoors.Owner owner =
        new FilesWithoutDoors.Owner(UUID.fromString(arguments[3]), UUID.fromString(arguments[4]));
    for (Change change : Change.values()) {
      boolean stopped = true;
      for (int n = 1; stopped; n++) {
        if (n > STATEMENTS_MAX) {
          throw new IllegalStateException(change + " does not end");
        }
        Path copy = Path.of(arguments[1]).resolve(change + "-" + n);
        copy(original, copy);
        stopped = stops(change, n, copy, arguments[2], owner);
      }
    }
  }

  /// Makes a change that stops at the `n`th statement, and leaves it there; false if it has fewer.
  private static boolean stops(
      Change change, int n, Path data, String chatUrl, FilesWithoutDoors.Owner owner)
      throws Exception {
    StoppingConnections connections = new StoppingConnections();
    FilesWithoutDoors files = FilesWithoutDoors.open(data, chatUrl, owner, connections);
    connections.stopAt(n);
    CompletableFuture<Void> made =
        CompletableFuture.runAsync(
            () -> change.make(files), task -> Thread.ofPlatform().start(task));
    CompletableFuture.anyOf(made, connections.stopped()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (connections.stopped().isDone()) {
      System.out.println(change + " stops before: " + connections.stopped().join());
      return true;
    }
    Files.createFile(data.resolve(ACKNOWLEDGED));
    return false;
  }

  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
