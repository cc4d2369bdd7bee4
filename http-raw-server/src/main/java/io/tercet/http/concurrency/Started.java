package io.tercet.http.concurrency;

import org.jspecify.annotations.Nullable;

/// What a model has only once it was started.
///
/// Before, a model has no descriptors and no threads, so that one that is never started leaves
/// nothing behind; and one whose start fails closes what it has got so far.
final class Started {
  private Started() {}

  /// Closes what was opened before a start failed.
  static void close(@Nullable AutoCloseable opened) {
    if (opened != null) {
      try {
        opened.close();
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

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
