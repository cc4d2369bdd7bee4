package io.tercet.http.connection;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.message.Body;
import io.tercet.http.message.Request;
import io.tercet.http.parse.BodyDecoder;
import io.tercet.http.parse.Framing;
import io.tercet.http.parse.ParseResult;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.Rule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the body of one request: gathers it if the handler takes it, drops it otherwise, and times
/// it.
///
/// - Bounds: it takes at most twice the memory of what has come, and never more than the handler
///   takes, so a long Content-Length alone costs nothing. All bodies share a [MemoryBudget].
/// - Threading: confined to its conversation.
final class RequestBodyReader {
  private static final int FIRST_BYTES_MIN = 512;

  private final ParseResult.Complete head;
  private final BodyDecoder decoder;
  private final BodyDecoder.Consumer consumer;
  private final MemoryBudget budget;

  /// The most bytes that can come: the Content-Length, or else what the handler takes.
  private final long bytesMax;

  private byte[] gathered = Body.Bytes.NONE.bytes();
  private int length;
  private boolean outOfMemory;
  private int trailerBytes;
  private long consumed;
  private boolean timed;
  private boolean tooSlow;
  private long begun;

  /// @param takesMax bytes that the handler takes; 0 if the body is to be dropped
  /// @param budget that the memory comes from
  RequestBodyReader(
      ParseResult.Complete head, RequestLimits limits, long takesMax, MemoryBudget budget) {
    this.head = head;
    this.budget = budget;
    boolean gathers = takesMax > 0;
    long most = gathers ? Math.min(takesMax, limits.bodyBytesMax()) : limits.bodyBytesMax();
    // No array is longer.
    long bound = gathers ? Math.min(most, Integer.MAX_VALUE - 8) : most;
    decoder = BodyDecoder.of(head.framing(), limits, bound);
    bytesMax = head.framing() instanceof Framing.Length(long announced) ? announced : bound;
    consumer = gathers ? this::gather : BodyDecoder.Consumer.DISCARD;
  }

  /// Whether the client waits for `100 Continue`, and may send the body.
  boolean sendsContinue() {
    return head.expectsContinue() && decoder.broken() == null;
  }

  ParseResult.Complete head() {
    return head;
  }

  /// Consumes what belongs to the body of `bytes[from, to)` and returns where it stopped.
  int read(byte[] bytes, int from, int to) {
    int end = decoder.read(bytes, from, to, consumer);
    consumed += end - from;
    int more = decoder.isComplete() ? 0 : decoder.heldBytes() - trailerBytes;
    if (more > 0) {
      outOfMemory |= !budget.tryReserve(more);
      trailerBytes += outOfMemory ? 0 : more;
    }
    return end;
  }

  boolean isComplete() {
    return decoder.isComplete();
  }

  @Nullable Rule broken() {
    return outOfMemory ? Rule.TOO_MUCH_UNFINISHED : decoder.broken();
  }

  /// Drops what was read and gives its memory back.
  void discard() {
    budget.release(transferMemory());
  }

  /// Leaves the duty to give the memory back to the caller.
  ///
  /// @return bytes of the budget
  long transferMemory() {
    long held = (long) gathered.length + trailerBytes;
    gathered = Body.Bytes.NONE.bytes();
    length = 0;
    trailerBytes = 0;
    return held;
  }

  /// The whole request, once the body is complete.
  Request request() {
    if (length == 0) {
      return head.request();
    }
    byte[] exact = length == gathered.length ? gathered : Arrays.copyOf(gathered, length);
    return head.request().with(new Body.Bytes(exact));
  }

  /// When the body has taken too long: past the time for all of it, or past the time that its bytes
  /// have earned by the minimum rate. The time starts with the first call.
  long deadline(long now, ConnectionLimits deadlines) {
    if (!timed) {
      timed = true;
      begun = now;
    }
    long whole = deadlines.body().toNanos();
    if (deadlines.bodyRateMin() == 0) {
      return begun + whole;
    }
    long earned =
        deadlines.bodyGrace().toNanos() + consumed * 1_000_000_000L / deadlines.bodyRateMin();
    tooSlow = earned < whole;
    return begun + Math.min(earned, whole);
  }

  /// The rule that is broken when the deadline has passed.
  Rule timeout() {
    return tooSlow ? Rule.BODY_TOO_SLOW : Rule.BODY_TIMEOUT;
  }

  private void gather(byte[] bytes, int from, int count) {
    if (gathered.length - length < count) {
      long wanted = Math.max(length + (long) count, Math.max(2L * length, FIRST_BYTES_MIN));
      int size = (int) Math.min(wanted, bytesMax);
      outOfMemory |= !budget.tryReserve(size - gathered.length);
      if (outOfMemory) {
        return;
      }
      gathered = Arrays.copyOf(gathered, size);
    }
    System.arraycopy(bytes, from, gathered, length, count);
    length += count;
  }
}
