package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts models, one at a time, until the server stops. Worker processes may take half a minute to
/// start; a stop interrupts that instead of waiting.
///
/// Threading: [#abort] by any thread, [#start] by one thread at a time.
final class ModelStarter {
  private @Nullable Thread starter;
  private boolean aborted;

  /// Starts a model.
  ///
  /// @throws IOException if it cannot start, or the server stops meanwhile; nothing of it is left
  void start(ConcurrencyModel model, List<Listener> listeners) throws IOException {
    begin();
    try {
      model.start(listeners);
    } catch (IllegalStateException | OutOfMemoryError | LinkageError cannot) {
      throw new IOException(model.name() + " cannot start: " + cannot.getMessage(), cannot);
    } finally {
      end();
    }
  }

  /// From now on nothing starts. A start that is under way is interrupted, and may succeed all the
  /// same.
  synchronized void abort() {
    aborted = true;
    if (starter != null) {
      starter.interrupt();
    }
  }

  private synchronized void begin() throws IOException {
    if (aborted) {
      throw new IOException("the server has stopped");
    }
    starter = Thread.currentThread();
  }

  /// The interrupt was for the start alone: the thread goes on to other things.
  private synchronized void end() {
    starter = null;
    if (aborted) {
      Thread.interrupted();
    }
  }
}
