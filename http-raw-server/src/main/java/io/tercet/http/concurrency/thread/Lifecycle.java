package io.tercet.http.concurrency.thread;

import org.jspecify.annotations.Nullable;

/// The fields of a model that are null until it is started.
///
/// A model that is never started has no descriptor and no thread. One whose start fails closes what
/// it has opened so far.
final class Lifecycle {
  private Lifecycle() {}

  /// Closes what was opened before a start failed.
  static void closeAfterFailure(@Nullable AutoCloseable opened) {
    if (opened != null) {
      try {
        opened.close();
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /// The field, which must be set.
  ///
  /// @throws IllegalStateException if the model was not started: a bug of the caller
  static <T> T started(@Nullable T thing) {
    if (thing == null) {
      throw new IllegalStateException("the model was not started");
    }
    return thing;
  }
}
