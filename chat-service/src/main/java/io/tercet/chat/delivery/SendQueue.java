package io.tercet.chat.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The queue of frames to one connection.
///
/// An idle connection gets a frame at once, as shared bytes. While a write is in flight, frames
/// gather; when it completes they go out as one text message. So a slower connection gets bigger
/// messages, and no timer delays a frame.
///
/// - Bounds: [DeliverySettings#unsentMax] for entries, and [DeliverySettings#answersMax] on top of
///   that for answers. One message has at most [DeliverySettings#messageMax].
/// - Threading: any thread. The lock guards the queue only; no write happens under it.
final class SendQueue {

  private final OutboundChannel channel;
  private final DeliverySettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition spaceAvailable = lock.newCondition();
  private final Deque<ByteBuffer> pending = new ArrayDeque<>();
  private final AtomicInteger drainRequests = new AtomicInteger();
  private int unsentBytes;
  private int inFlightBytes;
  private boolean writing;
  private boolean closed;

  SendQueue(OutboundChannel channel, DeliverySettings settings) {
    this.channel = channel;
    this.settings = settings;
  }

  /// Adds entries, which can be read again from the log; false if there is no space.
  boolean offer(ByteBuffer frames) {
    return add(frames, settings.unsentMaxBytes());
  }

  /// Adds an answer. If there is no space, the peer sends and never reads: the connection is
  /// closed.
  void send(ByteBuffer frame) {
    if (!add(frame, settings.unsentMaxBytes() + settings.answersMaxBytes()) && close()) {
      channel.close(CloseReason.OVERLOADED);
    }
  }

  /// Waits until at most [DeliverySettings#unsentLow] is unsent; false if the connection closed.
  boolean awaitSpace() {
    lock.lock();
    try {
      while (!closed && unsentBytes > settings.unsentLowBytes()) {
        spaceAvailable.await();
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Drops unsent frames and takes no more; true the first time.
  boolean close() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      pending.clear();
      spaceAvailable.signalAll();
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
        spaceAvailable.signalAll();
      }
    } finally {
      lock.unlock();
    }
    drain();
  }

  /// A write may complete before it returns and call [#written] from within. Then the loop that
  /// runs already goes round again; nothing recurses.
  private void drain() {
    if (drainRequests.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      ByteBuffer message = next();
      if (message != null) {
        channel.write(message, this::written);
      }
      seen = drainRequests.addAndGet(-seen);
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
