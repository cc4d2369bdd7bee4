package io.tercet.chat.kills;

import io.tercet.chat.database.FaultInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that makes each change on copies of a database, stops on the first copy before the
/// first statement, on the second before the second and so on, and then ends as if it was killed.
///
/// Nothing is rolled back, flushed or closed by then. On the last copy of each change nothing
/// stops, so that the change is acknowledged: a file beside it says so.
final class DiesAtEachStatement {

  static final int EXIT = 137;
  static final String ACKNOWLEDGED = "acknowledged";

  private static final int STATEMENTS_MAX = 100;
  private static final int PATIENCE_SECONDS = 60;

  private DiesAtEachStatement() {}

  /// Arguments: the folder with the database, and the one for the copies.
  public static void main(String[] arguments) {
    int exit = 1;
    try {
      makeEachChange(Path.of(arguments[0]), Path.of(arguments[1]));
      exit = EXIT;
    } catch (Throwable failure) {
      failure.printStackTrace();
    } finally {
      // Threads that stopped would keep the process alive.
      Runtime.getRuntime().halt(exit);
    }
  }

  private static void makeEachChange(Path original, Path copies) throws Exception {
    for (Change change : Change.values()) {
      boolean stopped = true;
      for (int n = 1; stopped; n++) {
        if (n > STATEMENTS_MAX) {
          throw new IllegalStateException(change + " does not end");
        }
        Path copy = copies.resolve(change + "-" + n);
        copy(original, copy);
        stopped = stops(change, n, copy);
      }
    }
  }

  /// Makes a change that stops at the `n`th statement, and leaves it there; false if it has fewer.
  private static boolean stops(Change change, int n, Path folder) throws Exception {
    CompletableFuture<String> stopped = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(n);
    RoomsWithoutDoors chat = RoomsWithoutDoors.open(folder);
    chat.bean(FaultInjector.class)
        .watch(sql -> {
          boolean writes = Thread.currentThread().getName().startsWith("database-writer");
          if (writes && left.decrementAndGet() == 0) {
            stopped.complete(sql);
            waitForTheEnd();
          }
        });
    CompletableFuture<Void> made =
        CompletableFuture.runAsync(
            () -> change.make(chat), task -> Thread.ofPlatform().start(task));
    CompletableFuture.anyOf(made, stopped).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (stopped.isDone()) {
      System.out.println(change + " stops before: " + stopped.join());
      return true;
    }
    Files.createFile(folder.resolve(ACKNOWLEDGED));
    return false;
  }

  private static void waitForTheEnd() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException onlyTheEndOfTheProcessEndsIt) {
        Thread.interrupted();
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Files.copy(from.resolve("chat.db"), to.resolve("chat.db"));
  }
}
