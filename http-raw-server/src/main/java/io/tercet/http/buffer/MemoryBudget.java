package io.tercet.http.buffer;

import java.util.concurrent.atomic.AtomicLong;

/// Bounds the memory that unfinished work takes over all connections: heads and bodies that have
/// come in part, trailers, responses that clients do not take, and their requests if an access log
/// waits for the end of the response.
///
/// A body gives its memory back when the response to its request has been sent, because the
/// response may be the body.
///
/// Threading: shared by all.
public final class MemoryBudget {
  /// 16 MiB: a quarter of the heap that the server is started with.
  public static final int BYTES_MAX = 16 * 1024 * 1024;

  private final long bytesMax;
  private final AtomicLong reserved = new AtomicLong();

  /// @param bytesMax for all conversations together. Past it a request is answered 503, and a
  ///     connection whose client takes nothing is closed
  public MemoryBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// How many bytes are reserved now.
  public long reserved() {
    return reserved.get();
  }

  /// Reserves so many bytes; false, and nothing is reserved, if there is no room.
  public boolean tryReserve(long bytes) {
    // Never adds first and takes back: a large reservation that fails would make a small one fail.
    long before = reserved.get();
    while (bytes <= bytesMax - before) {
      if (reserved.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = reserved.get();
    }
    return false;
  }

  /// Gives back bytes that were reserved.
  public void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  /// Changes a reservation of `held` bytes to `wanted`; false, and nothing has changed, if there is
  /// no room for more.
  boolean resize(long held, long wanted) {
    if (wanted > held) {
      return tryReserve(wanted - held);
    }
    if (wanted < held) {
      release(held - wanted);
    }
    return true;
  }
}
