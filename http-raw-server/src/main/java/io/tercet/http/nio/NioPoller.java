package io.tercet.http.nio;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Pollable;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A selector of `java.nio`.
///
/// - Once: it reports a socket once for what that wants, and again only after the next [#want]. So
///   a socket whose reader is slow is not reported over and over.
/// - Threading: as a poller of the kind epoll. What a socket wants counts from the next wait on, so
///   [#want] ends a wait of another thread.
final class NioPoller implements Poller {
  private final Selector selector;
  private volatile boolean awaiting;

  NioPoller() {
    try {
      selector = Selector.open();
    } catch (IOException failure) {
      throw new IllegalStateException("no selector: " + failure.getMessage());
    }
  }

  @Override
  public boolean watch(Socket socket, Object key) {
    register(socket, SelectionKey.OP_READ, key);
    return true;
  }

  /// The key of a listener stays registered while it is forgotten: a cancelled one could not be had
  /// again before the next wait.
  @Override
  public void watch(Listener listener, Object key) {
    register(listener, SelectionKey.OP_ACCEPT, key);
  }

  @Override
  public void want(Socket socket, int what) {
    int operations =
        ((what & READABLE) != 0 ? SelectionKey.OP_READ : 0)
            | ((what & WRITABLE) != 0 ? SelectionKey.OP_WRITE : 0);
    change(socket, operations);
  }

  @Override
  public void forget(Listener listener) {
    change(listener, 0);
  }

  @Override
  public void forget(Socket socket) {
    SelectionKey key = keyOf(socket);
    if (key != null) {
      key.cancel();
    }
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    awaiting = true;
    try {
      if (timeoutMillis > 0) {
        selector.select(timeoutMillis);
      } else {
        selector.selectNow();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      awaiting = false;
    }
    List<SelectionKey> selected = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : selected) {
      report(key, ready);
    }
  }

  @Override
  public synchronized void wake() {
    if (selector.isOpen()) {
      selector.wakeup();
    }
  }

  @Override
  public synchronized void close() {
    try {
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void report(SelectionKey key, Ready ready) {
    int happened;
    try {
      happened = key.readyOps();
      if ((happened & SelectionKey.OP_ACCEPT) == 0) {
        key.interestOpsAnd(~happened);
      }
    } catch (CancelledKeyException forgotten) {
      return;
    }
    Object attached = key.attachment();
    int readable = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    int what =
        ((happened & readable) != 0 ? READABLE : 0)
            | ((happened & SelectionKey.OP_WRITE) != 0 ? WRITABLE : 0);
    if (attached != null && what != 0) {
      ready.ready(attached, what);
    }
  }

  private void register(Pollable pollable, int operations, Object attached) {
    try {
      ((Selectable) pollable).channel().register(selector, operations, attached);
    } catch (ClosedChannelException closed) {
      throw new IllegalStateException("closed before it was watched");
    }
    wakeIfAwaited();
  }

  private void change(Pollable pollable, int operations) {
    SelectionKey key = keyOf(pollable);
    if (key == null) {
      return;
    }
    try {
      if (key.interestOps() != operations) {
        key.interestOps(operations);
        wakeIfAwaited();
      }
    } catch (CancelledKeyException forgotten) {
      // Nothing is wanted of it any more.
    }
  }

  private @Nullable SelectionKey keyOf(Pollable pollable) {
    return ((Selectable) pollable).channel().keyFor(selector);
  }

  /// A wait that has begun does not see what has changed since.
  private void wakeIfAwaited() {
    if (awaiting) {
      wake();
    }
  }
}
