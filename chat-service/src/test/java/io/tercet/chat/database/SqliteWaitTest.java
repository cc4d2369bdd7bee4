package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers who wait no longer than a moment for a writer that is busy.
class SqliteWaitTest {

  private static final Duration MOMENT = Duration.ofMillis(1);

  @TempDir Path folder;
  private final CountDownLatch goOn = new CountDownLatch(1);
  private OpenableDatabase database;

  @BeforeEach
  void open() {
    String url = "jdbc:sqlite:" + folder.resolve("chat.db");
    Duration unused = Duration.ofSeconds(1);
    database =
        new SqliteDatabase(
            new DatabaseSettings(url, "", "", 1, 1, 10, MOMENT, unused, unused, 1, unused, unused));
    database.open();
  }

  @AfterEach
  void close() {
    goOn.countDown();
    database.close();
  }

  @Test
  void learnLaterWhatBecameOfWorkThatHasBegun() {
    CompletableFuture<String> outcome = database.commit(client -> waitToGoOn());
    assertThat(outcome).isNotDone();
    goOn.countDown();
    assertThat(outcome.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("written");
  }

  @Test
  void areToldThatNobodyKnowsWhetherWorkThatHasBegunIsWritten() {
    assertProblem(ProblemType.SERVICE_TIMEOUT, () -> database.write(client -> waitToGoOn()));
  }

  @Test
  void canRelyOnItThatRefusedWorkNeverRuns() {
    CompletableFuture<String> first = database.commit(client -> waitToGoOn());
    CompletableFuture<Void> ran = new CompletableFuture<>();
    assertProblem(
        ProblemType.SERVICE_UNAVAILABLE, () -> database.write(client -> ran.complete(null)));
    goOn.countDown();
    first.orTimeout(30, TimeUnit.SECONDS).join();
    database.close();
    assertThat(ran).isNotDone();
  }

  private String waitToGoOn() {
    try {
      assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "written";
  }

  private static void assertProblem(ProblemType type, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
