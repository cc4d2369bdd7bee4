package io.tercet.chat.delivery.outbound;

import io.tercet.chat.delivery.outbound.SendBudget.Claim;
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
/// - Bounds: [OutboundSettings#unsentMax] for entries, and [OutboundSettings#answersMax] on top of
///   that for answers. One message has at most [OutboundSettings#messageMax]. What waits, and what
///   is in flight, counts in the [SendBudget] of its person and of all.
/// - Threading: any thread. The lock guards the queue only; no write happens under it.
public final class SendQueue {

  /// What a frame in the queue costs beside its bytes: a buffer and its place.
  static final int FRAME_BYTES = 64;

  private final OutboundChannel channel;
  private final OutboundSettings settings;
  private final SendBudget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition spaceAvailable = lock.newCondition();
  private final Deque<ByteBuffer> pending = new ArrayDeque<>(1);
  private final AtomicInteger drainRequests = new AtomicInteger();

  /// How many bytes were ever queued and written; both go on after an overflow.
  private int queuedBytes;

  private int writtenBytes;
  private int inFlightBytes;
  private boolean writing;
  private boolean closed;

  /// Runs when `writtenBytes` reaches `awaitedBytes`.
  private @Nullable Runnable awaiting;

  private int awaitedBytes;

  /// Makes the queue of a connection.
  public SendQueue(OutboundChannel channel, OutboundSettings settings, SendBudget budget) {
    this.channel = channel;
    this.settings = settings;
    this.budget = budget;
  }

  /// Adds entries, which can be read again from the log; false if there is no space.
  public boolean offer(ByteBuffer frames) {
    lock.lock();
    try {
      if (closed) {
        return true;
      }
      int cost = cost(frames);
      int unsent = queuedBytes - writtenBytes;
      if (unsent + cost > settings.unsentMaxBytes() || !budget.tryAdd(cost, entries(unsent))) {
        return false;
      }
      add(frames, cost);
    } finally {
      lock.unlock();
    }
    drain();
    return true;
  }

  /// Whether entries of this size would find space now.
  public boolean hasSpace(int bytes) {
    lock.lock();
    try {
      int unsent = queuedBytes - writtenBytes;
      return unsent + bytes + FRAME_BYTES <= settings.unsentMaxBytes()
          && budget.fits(bytes + FRAME_BYTES, entries(unsent));
    } finally {
      lock.unlock();
    }
  }

  /// Adds an answer. If there is no space, the peer sends and never reads: the connection is
  /// closed.
  public void send(ByteBuffer frame) {
    CloseReason refusal = null;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      int cost = cost(frame);
      int unsent = queuedBytes - writtenBytes;
      if (unsent + cost > settings.unsentMaxBytes() + settings.answersMaxBytes()) {
        refusal = CloseReason.OVERLOADED;
      } else if (!budget.tryAdd(cost, unsent == 0 ? Claim.FIRST_ANSWER : Claim.MORE_ANSWERS)) {
        refusal = CloseReason.SLOW;
      }
      if (refusal == null) {
        add(frame, cost);
      }
    } finally {
      lock.unlock();
    }
    if (refusal == null) {
      drain();
    } else if (close()) {
      channel.close(refusal);
    }
  }

  /// Runs a task once everything that is queued now has left; at once if it has. A task that waits
  /// already is replaced. A queue that closes drops it.
  public void whenWritten(Runnable task) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (queuedBytes != writtenBytes) {
        awaiting = task;
        awaitedBytes = queuedBytes;
        return;
      }
    } finally {
      lock.unlock();
    }
    task.run();
  }

  /// Waits until at most [OutboundSettings#unsentLow] is unsent; false if the connection closed.
  public boolean awaitSpace() {
    lock.lock();
    try {
      while (!closed && queuedBytes - writtenBytes > settings.unsentLowBytes()) {
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

  /// Drops unsent frames and takes no more; true the first time. What is in flight still counts.
  public boolean close() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      int dropped = 0;
      for (ByteBuffer frames : pending) {
        dropped += cost(frames);
      }
      pending.clear();
      awaiting = null;
      queuedBytes -= dropped;
      budget.remove(dropped);
      spaceAvailable.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /// The connection is gone, and with it what was in flight.
  public void ended() {
    close();
    lock.lock();
    try {
      removeInFlight();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it takes no more.
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// The bytes that wait or are in flight.
  public int unsent() {
    lock.lock();
    try {
      return queuedBytes - writtenBytes;
    } finally {
      lock.unlock();
    }
  }

  /// The place behind everything that is queued now.
  public int mark() {
    lock.lock();
    try {
      return queuedBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Whether everything before a [#mark] has left.
  public boolean hasWritten(int mark) {
    lock.lock();
    try {
      return writtenBytes - mark >= 0;
    } finally {
      lock.unlock();
    }
  }

  private static Claim entries(int unsent) {
    return unsent == 0 ? Claim.FIRST_ENTRIES : Claim.MORE_ENTRIES;
  }

  private static int cost(ByteBuffer frames) {
    return frames.remaining() + FRAME_BYTES;
  }

  private void add(ByteBuffer frames, int cost) {
    queuedBytes += cost;
    pending.add(frames);
  }

  private void written() {
    Runnable task = null;
    lock.lock();
    try {
      writing = false;
      removeInFlight();
      if (awaiting != null && writtenBytes - awaitedBytes >= 0) {
        task = awaiting;
        awaiting = null;
      }
      if (queuedBytes - writtenBytes <= settings.unsentLowBytes()) {
        spaceAvailable.signalAll();
      }
    } finally {
      lock.unlock();
    }
    drain();
    if (task != null) {
      task.run();
    }
  }

  private void removeInFlight() {
    writtenBytes += inFlightBytes;
    budget.remove(inFlightBytes);
    inFlightBytes = 0;
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
      return gather();
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
    // The line breaks fit into what the frames cost beside their bytes.
    inFlightBytes = size - frames + (1 + frames) * FRAME_BYTES;
    if (frames == 0) {
      return first.duplicate();
    }
    ByteBuffer message = ByteBuffer.allocate(size);
    message.put(first.duplicate());
    for (int i = 0; i < frames; i++) {
      message.put((byte) '\n').put(pending.remove().duplicate());
    }
    return message.flip();
  }
}
