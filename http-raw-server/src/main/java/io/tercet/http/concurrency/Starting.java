package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts models, one at a time, until the server stops: worker processes may take half a minute to
/// start, and a stop does not wait for that.
///
/// Threading: [#giveUp] by anybody, [#start] by one thread at a time.
final class Starting {
  private @Nullable Thread starter;
  private boolean givenUp;

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

  /// Nothing starts from now on; what is starting is interrupted, and may start all the same.
  synchronized void giveUp() {
    givenUp = true;
    if (starter != null) {
      starter.interrupt();
    }
  }

  private synchronized void begin() throws IOException {
    if (givenUp) {
      throw new IOException("the server has stopped");
    }
    starter = Thread.currentThread();
  }

  /// The interrupt was for the start alone: the thread goes on to other things.
  private synchronized void end() {
    starter = null;
    if (givenUp) {
      Thread.interrupted();
    }
  }
}
