package io.tercet.http.load;

import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import org.jspecify.annotations.Nullable;

/// One client: opens a connection, asks, reads the answer, asks again.
///
/// - Latency counts from when the request could have been sent: for the first of a connection, from
///   the wish to connect.
/// - It says its first byte as soon as it is connected: a server may leave those with the kernel
///   that say nothing ([TCP_DEFER_ACCEPT](https://man7.org/linux/man-pages/man7/tcp.7.html)), and
///   it is connections that it has taken that are counted.
/// - Who closes first: after a response that says `Connection: close` it waits for the server's end
///   of the connection, and only then closes its own.
/// - Threading: confined to its loop.
final class Caller {
  /// How much is read for one client before others get their turn.
  private static final int READS_MAX = 16;

  private static final int FIRST_BYTES = 1;

  private final byte[] request;
  private final boolean trickles;
  private final ResponseReader response = new ResponseReader();
  private @Nullable Socket socket;
  private boolean connected;
  private boolean awaitsEnd;
  private boolean asking;
  private int sent;
  private long begun;
  private long nextByteAt;

  /// What a turn came to.
  enum Turn {
    /// It waits for the server.
    WAITING,
    /// There may be more to read at once.
    AGAIN,
    /// Its connection has ended as it should.
    ENDED,
    /// Its connection has ended before the answer was whole.
    BROKEN
  }

  Caller(byte[] request, boolean trickles) {
    this.request = request;
    this.trickles = trickles;
  }

  boolean trickles() {
    return trickles;
  }

  boolean isConnected() {
    return connected;
  }

  /// Whether it waits for an answer, or for a connection to ask on.
  boolean isAsking() {
    return asking;
  }

  /// When it began to wait.
  long begun() {
    return begun;
  }

  @Nullable Socket socket() {
    return socket;
  }

  /// It wishes to ask, and has no connection yet.
  void wish(long now) {
    asking = true;
    begun = now;
  }

  void dialled(Socket opened) {
    socket = opened;
  }

  /// Closes its connection and forgets what was on it.
  void hangUp() {
    Socket open = socket;
    if (open != null) {
      open.close();
    }
    socket = null;
    connected = false;
    awaitsEnd = false;
    asking = false;
    sent = 0;
    response.reset();
  }

  /// Does what the socket is ready for.
  Turn turn(int what, byte[] buffer, Books books) {
    Socket open = socket;
    if (open == null) {
      return Turn.WAITING;
    }
    if ((what & Poller.WRITABLE) != 0 && !connected) {
      connected = true;
      books.connected(this);
      if (!trickles && !send(open, books.asks() ? request.length : FIRST_BYTES)) {
        return Turn.BROKEN;
      }
    } else if ((what & Poller.WRITABLE) != 0 && !trickles && asking && books.asks()) {
      if (!sendRest(open)) {
        return Turn.BROKEN;
      }
    }
    return (what & Poller.READABLE) != 0 ? read(open, buffer, books) : Turn.WAITING;
  }

  /// Asks for the first time, if it has a connection; false if that is broken.
  boolean start(long now) {
    Socket open = socket;
    if (open == null || !connected || trickles) {
      return true;
    }
    asking = true;
    begun = now;
    return sendRest(open);
  }

  /// Sends the next byte, if it is time; false if the connection is broken.
  boolean trickle(long now, long pauseNanos) {
    Socket open = socket;
    if (open == null || !connected || now - nextByteAt < 0) {
      return true;
    }
    nextByteAt = now + pauseNanos;
    return sent == request.length || send(open, 1);
  }

  /// Asks once more on the open connection.
  private boolean ask(Socket open, long now) {
    asking = true;
    begun = now;
    sent = 0;
    return trickles || sendRest(open);
  }

  private boolean sendRest(Socket open) {
    return sent == request.length || send(open, request.length - sent);
  }

  private boolean send(Socket open, int count) {
    int taken = open.write(request, sent, count, false);
    if (taken > 0) {
      sent += taken;
    }
    return taken != NonBlockingOutput.GONE;
  }

  private Turn read(Socket open, byte[] buffer, Books books) {
    for (int i = 0; i < READS_MAX; i++) {
      int count = open.receive(buffer, 0, buffer.length);
      if (count == NonBlockingOutput.WOULD_BLOCK) {
        return Turn.WAITING;
      }
      if (count == 0 && awaitsEnd) {
        return Turn.ENDED;
      }
      if (count <= 0) {
        return Turn.BROKEN;
      }
      books.received(count);
      if (!take(open, buffer, count, books)) {
        return Turn.BROKEN;
      }
    }
    return Turn.AGAIN;
  }

  private boolean take(Socket open, byte[] buffer, int count, Books books) {
    if (awaitsEnd || response.take(buffer, 0, count) != count) {
      return false;
    }
    if (!response.isComplete()) {
      return true;
    }
    long now = System.nanoTime();
    asking = false;
    books.answered(this, response.status(), now - begun);
    awaitsEnd = response.closes();
    response.reset();
    return awaitsEnd || !books.asks() || ask(open, now);
  }
}
