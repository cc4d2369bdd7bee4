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

/// A request whose body is on its way in: gathered if the handler takes it, dropped otherwise, and
/// timed.
///
/// - Bounds: memory grows with what has arrived, at most to twice that, and never past what the
///   handler takes, so that a long Content-Length alone costs nothing. All bodies share a budget.
/// - Threading: confined to its conversation.
final class RequestBodyReader {
  private static final int FIRST_BYTES_MIN = 512;

  private final ParseResult.Complete head;
  private final BodyDecoder reader;
  private final BodyDecoder.Taker taker;
  private final MemoryBudget budget;

  /// The most that can come: what was announced, or else what the handler takes.
  private final long bytesMax;

  private byte[] gathered = Body.Bytes.NONE.bytes();
  private int length;
  private boolean crowded;
  private int trailers;
  private long consumed;
  private boolean timed;
  private boolean late;
  private long begun;

  /// @param takesMax bytes that the handler takes; 0 if the body is to be dropped
  /// @param budget that what is gathered comes from
  RequestBodyReader(
      ParseResult.Complete head, RequestLimits limits, long takesMax, MemoryBudget budget) {
    this.head = head;
    this.budget = budget;
    boolean gathers = takesMax > 0;
    long most = gathers ? Math.min(takesMax, limits.bodyBytesMax()) : limits.bodyBytesMax();
    // An array is no longer than that, whoever asks.
    long bound = gathers ? Math.min(most, Integer.MAX_VALUE - 8) : most;
    reader = BodyDecoder.of(head.framing(), limits, bound);
    bytesMax = head.framing() instanceof Framing.Length(long announced) ? announced : bound;
    taker = gathers ? this::gather : BodyDecoder.Taker.NOBODY;
  }

  /// Whether its head alone allows to ask for the body.
  boolean isWelcome() {
    return head.expectsContinue() && reader.broken() == null;
  }

  ParseResult.Complete head() {
    return head;
  }

  /// Consumes what belongs to the body of `bytes[from, to)` and returns where it stopped.
  int read(byte[] bytes, int from, int to) {
    int end = reader.read(bytes, from, to, taker);
    consumed += end - from;
    int more = reader.isComplete() ? 0 : reader.heldBytes() - trailers;
    if (more > 0) {
      crowded |= !budget.take(more);
      trailers += crowded ? 0 : more;
    }
    return end;
  }

  boolean isComplete() {
    return reader.isComplete();
  }

  @Nullable Rule broken() {
    return crowded ? Rule.TOO_MUCH_UNFINISHED : reader.broken();
  }

  /// Gives back the memory that it holds; it takes nothing any more.
  void end() {
    budget.giveBack(handOver());
  }

  /// Lets go of what it holds, which whoever calls gives back later.
  ///
  /// @return bytes of the budget
  long handOver() {
    long held = (long) gathered.length + trailers;
    gathered = Body.Bytes.NONE.bytes();
    length = 0;
    trailers = 0;
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

  /// When it has taken too long: past the whole time, or past what its bytes have earned by the
  /// rate. Time runs from the first call.
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
    late = earned < whole;
    return begun + Math.min(earned, whole);
  }

  /// What is broken when the deadline has passed.
  Rule timeout() {
    return late ? Rule.BODY_TOO_SLOW : Rule.BODY_TIMEOUT;
  }

  private void gather(byte[] bytes, int from, int count) {
    if (gathered.length - length < count) {
      long wanted = Math.max(length + (long) count, Math.max(2L * length, FIRST_BYTES_MIN));
      int size = (int) Math.min(wanted, bytesMax);
      crowded |= !budget.take(size - gathered.length);
      if (crowded) {
        return;
      }
      gathered = Arrays.copyOf(gathered, size);
    }
    System.arraycopy(bytes, from, gathered, length, count);
    length += count;
  }
}
