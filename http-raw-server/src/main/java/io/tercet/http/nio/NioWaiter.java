package io.tercet.http.nio;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import io.tercet.http.readiness.Waiter;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A selector for each wait, which costs some descriptors while it lasts.
final class NioWaiter implements Waiter {
  private static final long PAUSE_NANOS = 20_000_000;

  private final Set<Selector> releasables = ConcurrentHashMap.newKeySet();
  private volatile boolean released;

  @Override
  public int await(Socket socket, int what, int timeoutMillis, boolean releasable) {
    int operations =
        ((what & Poller.READABLE) != 0 ? SelectionKey.OP_READ : 0)
            | ((what & Poller.WRITABLE) != 0 ? SelectionKey.OP_WRITE : 0);
    try (Selector selector = Selector.open()) {
      SelectionKey key = ((Selectable) socket).channel().register(selector, operations);
      await(selector, timeoutMillis, releasable);
      return (key.isReadable() ? Poller.READABLE : 0) | (key.isWritable() ? Poller.WRITABLE : 0);
    } catch (ClosedChannelException closed) {
      return what;
    } catch (IOException noSelector) {
      pause(timeoutMillis);
      return 0;
    }
  }

  @Override
  public void await(List<Listener> listeners, int timeoutMillis) {
    try (Selector selector = Selector.open()) {
      for (Listener listener : listeners) {
        ((Selectable) listener).channel().register(selector, SelectionKey.OP_ACCEPT);
      }
      await(selector, timeoutMillis, true);
    } catch (IOException noSelector) {
      pause(timeoutMillis);
    }
  }

  /// Without a descriptor for a selector there is nothing to wait with: the thread looks again
  /// after a moment.
  private static void pause(int timeoutMillis) {
    LockSupport.parkNanos(Math.min(PAUSE_NANOS, timeoutMillis * 1_000_000L));
  }

  private void await(Selector selector, int timeoutMillis, boolean releasable) throws IOException {
    if (releasable) {
      releasables.add(selector);
    }
    try {
      if (!releasable || !released) {
        selector.select(Math.max(1, timeoutMillis));
      }
    } finally {
      releasables.remove(selector);
    }
  }

  @Override
  public void release() {
    released = true;
    releasables.forEach(Selector::wakeup);
  }

  @Override
  public void close() {
    release();
  }
}
