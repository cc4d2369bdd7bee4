package io.tercet.http.concurrency;

import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.Conversation;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;

/// An accepted socket and the conversation on it. A turn reads, answers and writes until the socket
/// would block.
///
/// A keep-alive request costs two system calls: one receive and one send. A receive that returns
/// less than the buffer holds has emptied the socket, so it is not repeated.
///
/// Threading: confined to the thread that gives it its turns.
public final class ServerConnection {
  /// Reads and writes in one turn. The bound keeps a fast client from starving the others.
  static final int STEPS_MAX = 32;

  /// How long a turn may take: some answers are expensive, such as the listing of a large folder.
  static final long TURN_NANOS_MAX = 5_000_000;

  /// The first steps, for which a turn does not read the clock. Most turns have no more.
  static final int FREE_STEPS = 3;

  private final Socket socket;
  private final Conversation conversation;
  private final Observer observer;
  private final boolean refused;
  private boolean readable;
  private boolean ended;
  private boolean draining;
  private boolean blocked;
  private long turnEndedAt;

  /// How a turn ended.
  public enum Outcome {
    /// Nothing can be done until the socket is ready again or the deadline has passed.
    WAITING,
    /// There is more to do, but others should have their turns first.
    YIELDED,
    /// The connection is finished; close it.
    FINISHED
  }

  private ServerConnection(
      Socket socket, Conversation conversation, Observer observer, boolean refused) {
    this.socket = socket;
    this.conversation = conversation;
    this.observer = observer;
    this.refused = refused;
    this.blocked = refused;
  }

  /// A connection that begins now. It is refused if the server is full or its client has as many
  /// connections as it may have; then it ends after the answer 503, whatever the client sends.
  static ServerConnection accepted(
      Socket socket, ServerContext context, boolean full, Workspace workspace, long now) {
    Conversation conversation = Conversation.accepted(context, socket, full, workspace, now);
    boolean refused = !conversation.wantsInput();
    return new ServerConnection(socket, conversation, context.observer(), refused);
  }

  /// The same connection, refused because no thread can serve it.
  ServerConnection refuse(ServerContext context, Workspace workspace, long now) {
    conversation.abandon();
    return accepted(socket, context, true, workspace, now);
  }

  /// Sends what the socket takes now, and finishes.
  void finishNow(Workspace workspace, long now) {
    turn(workspace, 0, now);
    conversation.abandon();
  }

  /// The socket, to be watched or waited for.
  public Socket socket() {
    return socket;
  }

  /// When it needs a turn even if its socket stays silent, in nanoseconds of `System.nanoTime`.
  public long deadline() {
    return conversation.deadline();
  }

  /// What the socket must be ready for before another turn can do something: [Poller#READABLE] or
  /// [Poller#WRITABLE].
  public int interest() {
    return blocked ? Poller.WRITABLE : Poller.READABLE;
  }

  /// Starts the time for the first request now, because the connection had to wait for a thread.
  public void startDeadline(long now) {
    conversation.beginWait(now);
  }

  /// Whether it was refused before it sent anything.
  public boolean isRefused() {
    return refused;
  }

  /// Does what can be done without waiting.
  ///
  /// @param what is ready, as a [Poller] reports it; 0 for nothing new
  Outcome turn(Workspace workspace, int what, long now) {
    readable |= (what & Poller.READABLE) != 0;
    ended |= (what & Poller.ENDED) != 0;
    conversation.begin(workspace);
    Outcome outcome;
    try {
      if (now - conversation.deadline() >= 0) {
        conversation.expire();
      }
      outcome = steps(now);
      if (draining && outcome == Outcome.WAITING) {
        conversation.drain();
      }
    } catch (RuntimeException bug) {
      observer.failed(bug);
      outcome = Outcome.FINISHED;
    } finally {
      // The end of the turn counts: a handler may have taken longer than the client's next
      // deadline.
      turnEndedAt = System.nanoTime();
      conversation.finish(turnEndedAt);
    }
    return conversation.isDone() ? Outcome.FINISHED : outcome;
  }

  /// When its last turn ended, in nanoseconds of `System.nanoTime`.
  public long turnEndedAt() {
    return turnEndedAt;
  }

  /// A turn during a stop: the connection finishes as soon as no request has begun. Bytes that have
  /// arrived count as begun.
  ///
  /// @param what is ready, as a [Poller] reports it
  Outcome drain(Workspace workspace, int what, long now) {
    draining = true;
    return turn(workspace, what | Poller.READABLE, now);
  }

  /// Closes the socket. Only [AdmissionControl] calls it, because it counts connections.
  void close() {
    conversation.abandon();
    socket.close();
  }

  private Outcome steps(long now) {
    blocked = false;
    for (int i = 0; i < STEPS_MAX; i++) {
      if (i >= FREE_STEPS && System.nanoTime() - now > TURN_NANOS_MAX) {
        break;
      }
      switch (conversation.flush(socket)) {
        case BLOCKED -> {
          blocked = true;
          return Outcome.WAITING;
        }
        case SOME -> {
          return Outcome.YIELDED;
        }
        case GONE, CUT_SHORT -> {
          return Outcome.FINISHED;
        }
        case ALL -> {}
      }
      if (conversation.endsOutput() && !closesCleanly()) {
        socket.endOutput();
      }
      if (conversation.proceed()) {
        continue;
      }
      if (conversation.isDone()) {
        return Outcome.FINISHED;
      }
      if (!readable || !conversation.wantsInput()) {
        return Outcome.WAITING;
      }
      if (!read()) {
        return Outcome.FINISHED;
      }
    }
    return Outcome.YIELDED;
  }

  /// Whether a close is enough. It sends FIN together with the last bytes; but if input lies
  /// unread, the kernel sends a reset instead, which drops them.
  private boolean closesCleanly() {
    return conversation.isDone() && !readable;
  }

  /// Reads once; false if the connection is broken.
  private boolean read() {
    byte[] input = conversation.inputBuffer();
    int count = socket.receive(input, 0, input.length);
    if (count > 0) {
      // A short read has emptied the socket, unless its end lies right behind.
      readable = count == input.length || ended;
      conversation.receive(count);
    } else if (count == 0) {
      readable = false;
      conversation.inputEnded();
    } else {
      readable = false;
      return count == NonBlockingOutput.WOULD_BLOCK;
    }
    return true;
  }
}
