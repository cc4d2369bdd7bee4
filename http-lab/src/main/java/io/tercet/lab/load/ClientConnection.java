package io.tercet.lab.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One client: it opens a connection, sends a request, reads the response, and sends the next.
///
/// - Latency counts from when the request could have been sent: for the first request of a
///   connection, from when the client wanted to connect.
/// - A client sends the first byte of its request as soon as it is connected. Otherwise the kernel
///   may keep the connection to itself
///   ([TCP_DEFER_ACCEPT](https://man7.org/linux/man-pages/man7/tcp.7.html)), and the comparison
///   counts the connections that the server has accepted.
/// - Who closes first: after a response that says `Connection: close` the client waits until the
///   server has closed its end, and closes its own end then.
/// - A slow client sends one byte at a time ([#sendSlowly]).
/// - Errors: `IOException` if the connection ends before the response is whole;
///   `IllegalStateException` if what comes is not HTTP.
/// - Threading: confined to its loop.
final class ClientConnection {
  /// How often one client reads before others get their turn.
  private static final int READS_MAX = 16;

  private static final int FIRST_BYTES = 1;

  private final byte[] request;
  private final boolean slow;
  private final ResponseReader response = new ResponseReader();
  private @Nullable SelectionKey key;
  private boolean connected;
  private boolean awaitsEnd;
  private boolean requesting;
  private int sent;
  private int sendUntil;
  private long begunAt;
  private long nextByteAt;

  ClientConnection(byte[] request, boolean slow) {
    this.request = request;
    this.slow = slow;
  }

  boolean isSlow() {
    return slow;
  }

  boolean isConnected() {
    return connected;
  }

  /// Whether a connection is open, or being opened.
  boolean isOpen() {
    return key != null;
  }

  /// Whether it waits for a response, or for a connection to send a request on.
  boolean isRequesting() {
    return requesting;
  }

  /// When it began to wait.
  long begunAt() {
    return begunAt;
  }

  /// It wants to send a request and has no connection yet.
  void wantConnection(long now) {
    requesting = true;
    begunAt = now;
  }

  /// Begins to connect; the selector reports the connection with this client attached.
  ///
  /// @return whether the connection is not there yet
  boolean connect(Workload workload, Selector selector, LoopCounters counters) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean pending = !channel.connect(workload.server());
      SelectionKey open = channel.register(selector, SelectionKey.OP_CONNECT, this);
      key = open;
      if (!pending) {
        connected(open, counters);
      }
      return pending;
    } catch (IOException failure) {
      channel.close();
      close();
      throw failure;
    }
  }

  /// Closes the connection and forgets what was on it.
  void close() {
    SelectionKey open = key;
    if (open != null) {
      try {
        open.channel().close();
      } catch (IOException gone) {
        // Then there is nothing left to close.
      }
    }
    key = null;
    connected = false;
    awaitsEnd = false;
    requesting = false;
    sent = 0;
    sendUntil = 0;
    response.reset();
  }

  /// Does what the selector says it is ready for.
  ///
  /// @return whether the connection goes on; false if the server has closed it as announced
  boolean proceed(byte[] buffer, LoopCounters counters) throws IOException {
    SelectionKey open = key;
    if (open == null) {
      return true;
    }
    if (open.isConnectable()) {
      ((SocketChannel) open.channel()).finishConnect();
      connected(open, counters);
    } else if (open.isWritable()) {
      sendUntil(open, sendUntil);
    }
    return !open.isReadable() || read(open, buffer, counters);
  }

  /// Sends the first request, if there is a connection to send it on.
  void startRequests(long now) throws IOException {
    SelectionKey open = key;
    if (open != null && connected && !slow) {
      requesting = true;
      begunAt = now;
      sendUntil(open, request.length);
    }
  }

  /// Sends the next byte of a slow client, if it is time for it.
  void sendSlowly(long now, long pauseNanos) throws IOException {
    SelectionKey open = key;
    if (open == null || !connected || now - nextByteAt < 0) {
      return;
    }
    nextByteAt = now + pauseNanos;
    sendUntil(open, Math.min(sent + 1, request.length));
  }

  private void connected(SelectionKey open, LoopCounters counters) throws IOException {
    connected = true;
    counters.connected(this);
    sendUntil(open, slow ? 0 : counters.isRequesting() ? request.length : FIRST_BYTES);
  }

  /// Sends the bytes of the request before `end`. If the system does not take all of them, the
  /// selector says when it takes the rest.
  private void sendUntil(SelectionKey open, int end) throws IOException {
    sendUntil = end;
    if (sent < end) {
      sent += ((SocketChannel) open.channel()).write(ByteBuffer.wrap(request, sent, end - sent));
    }
    int rest = sent < end ? SelectionKey.OP_WRITE : 0;
    if (open.interestOps() != (SelectionKey.OP_READ | rest)) {
      open.interestOps(SelectionKey.OP_READ | rest);
    }
  }

  private boolean read(SelectionKey open, byte[] buffer, LoopCounters counters) throws IOException {
    SocketChannel channel = (SocketChannel) open.channel();
    for (int i = 0; i < READS_MAX; i++) {
      int count = channel.read(ByteBuffer.wrap(buffer));
      if (count < 0 && awaitsEnd) {
        return false;
      }
      if (count < 0) {
        throw new IOException("the connection ended before the response was whole");
      }
      counters.received(count);
      if (count > 0) {
        take(open, buffer, count, counters);
      }
      if (count < buffer.length) {
        // There was no more; the selector says when there is.
        return true;
      }
    }
    return true;
  }

  private void take(SelectionKey open, byte[] bytes, int count, LoopCounters counters)
      throws IOException {
    if (awaitsEnd || response.take(bytes, 0, count) != count) {
      throw new IOException("there is more than one response");
    }
    if (!response.isComplete()) {
      return;
    }
    long now = System.nanoTime();
    requesting = false;
    counters.answered(this, response.status(), now - begunAt);
    awaitsEnd = response.closes();
    response.reset();
    if (!awaitsEnd && counters.isRequesting()) {
      requesting = true;
      begunAt = now;
      sent = 0;
      sendUntil(open, slow ? 0 : request.length);
    }
  }
}
