package io.tercet.http.concurrency;

import org.jspecify.annotations.Nullable;

/// What a model has only once it was started.
final class Started {
  private Started() {}

  /// The thing itself.
  ///
  /// @throws IllegalStateException if the model was not started: a bug of the caller
  static <T> T checked(@Nullable T thing) {
    if (thing == null) {
      throw new IllegalStateException("the model was not started");
    }
    return thing;
  }
}
