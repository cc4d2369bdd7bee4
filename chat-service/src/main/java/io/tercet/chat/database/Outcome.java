package io.tercet.chat.database;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What became of a piece of work on the database.
final class Outcome {

  private Outcome() {}

  /// The result of the work, if it is known by now. Throws the exception of the work, or the given
  /// problem if nothing is known yet.
  static <T extends @Nullable Object> T result(CompletableFuture<T> outcome, ProblemType unknown) {
    return switch (outcome.state()) {
      case SUCCESS -> outcome.resultNow();
      case RUNNING -> throw new ProblemException(unknown);
      case FAILED, CANCELLED -> throw exception(outcome.exceptionNow());
    };
  }

  /// A failure as an exception that can be thrown.
  static RuntimeException exception(Throwable failure) {
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("work on the database failed", failure);
  }
}
