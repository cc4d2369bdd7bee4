package io.tercet.chat.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one connection.
///
/// While the connection is idle a message is written at once, as it is: the same bytes for
/// everybody. While a write is in flight, what comes gathers, and goes out as one text message when
/// the write completes: the slower the connection, the bigger the batches, and nobody waits for a
/// timer.
///
/// - Bounds: [DeliverySettings#unsentMax] for what can be read again from the log, and
///   [DeliverySettings#answersMax] on top for answers. One message is at most
///   [DeliverySettings#messageMax], split at a frame's end.
/// - Threading: any thread. The lock guards the queue only and is never held while writing.
final class SendQueue {

  private final OutboundChannel channel;
  private final DeliverySettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition below = lock.newCondition();
  private final Deque<ByteBuffer> pending = new ArrayDeque<>();
  private final AtomicInteger signals = new AtomicInteger();
  private int unsentBytes;
  private int inFlightBytes;
  private boolean writing;
  private boolean closed;

  SendQueue(OutboundChannel channel, DeliverySettings settings) {
    this.channel = channel;
    this.settings = settings;
  }

  /// Takes what can be read again later; false if there is no room for it.
  boolean offer(ByteBuffer frames) {
    return add(frames, settings.unsentMaxBytes());
  }

  /// Takes an answer. A connection whose peer asks and never reads is closed.
  void send(ByteBuffer frame) {
    if (!add(frame, settings.unsentMaxBytes() + settings.answersMaxBytes()) && close()) {
      channel.close(CloseReason.OVERLOADED);
    }
  }

  /// Waits until little is unsent; false when the connection closed.
  boolean awaitSpace() {
    lock.lock();
    try {
      while (!closed && unsentBytes > settings.unsentLowBytes()) {
        below.await();
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Drops what is unsent and takes nothing more; true the first time.
  boolean close() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      pending.clear();
      below.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean add(ByteBuffer frames, int bytesMax) {
    lock.lock();
    try {
      if (closed) {
        return true;
      }
      if (unsentBytes + frames.remaining() > bytesMax) {
        return false;
      }
      unsentBytes += frames.remaining();
      pending.add(frames);
    } finally {
      lock.unlock();
    }
    drain();
    return true;
  }

  private void written() {
    lock.lock();
    try {
      writing = false;
      unsentBytes -= inFlightBytes;
      inFlightBytes = 0;
      if (unsentBytes <= settings.unsentLowBytes()) {
        below.signalAll();
      }
    } finally {
      lock.unlock();
    }
    drain();
  }

  /// A write may complete before it returns and call [#written] from within: whoever is in the loop
  /// goes round again instead of going deeper.
  private void drain() {
    if (signals.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      ByteBuffer message = next();
      if (message != null) {
        channel.write(message, this::written);
      }
      seen = signals.addAndGet(-seen);
    }
  }

  private @Nullable ByteBuffer next() {
    lock.lock();
    try {
      if (writing || closed || pending.isEmpty()) {
        return null;
      }
      writing = true;
      ByteBuffer message = gather();
      inFlightBytes = inFlightBytes == 0 ? message.remaining() : inFlightBytes;
      return message;
    } finally {
      lock.unlock();
    }
  }

  private ByteBuffer gather() {
    ByteBuffer first = pending.remove();
    int size = first.remaining();
    int frames = 0;
    for (ByteBuffer more : pending) {
      if (size + 1 + more.remaining() > settings.messageMaxBytes()) {
        break;
      }
      size += 1 + more.remaining();
      frames++;
    }
    if (frames == 0) {
      return first.duplicate();
    }
    // The line breaks were never counted as unsent.
    inFlightBytes = size - frames;
    ByteBuffer message = ByteBuffer.allocate(size);
    message.put(first.duplicate());
    for (int i = 0; i < frames; i++) {
      message.put((byte) '\n').put(pending.remove().duplicate());
    }
    return message.flip();
  }
}
