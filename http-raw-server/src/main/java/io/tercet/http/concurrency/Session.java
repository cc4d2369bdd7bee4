package io.tercet.http.concurrency;

import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.Conversation;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;

/// A conversation and its socket. A turn does all that can be done without waiting.
///
/// A keep-alive request costs two system calls: one read, which came short and so need not be
/// repeated, and one write.
///
/// Threading: confined to whoever gives it its turns.
final class Session {
  /// Reads and writes in one turn, so that a fast client does not starve the others.
  static final int STEPS_MAX = 32;

  /// How long they may take: some answers are dear, such as the listing of a large folder. The
  /// clock is not looked at for the first, which are all that most turns have.
  static final long TURN_NANOS_MAX = 5_000_000;

  static final int FREE_STEPS = 3;

  private final Socket socket;
  private final Conversation conversation;
  private final Observer observer;
  private final boolean refused;
  private boolean readable;
  private boolean ended;
  private boolean draining;
  private boolean blocked;
  private long turnEnded;

  /// How a turn ended.
  enum Outcome {
    /// Nothing can be done until the socket is ready again or the deadline has passed.
    WAITING,
    /// It could go on at once; others should get their turn first.
    AGAIN,
    /// It is over; close it.
    OVER
  }

  private Session(Socket socket, Conversation conversation, Observer observer, boolean refused) {
    this.socket = socket;
    this.conversation = conversation;
    this.observer = observer;
    this.refused = refused;
    this.blocked = refused;
  }

  /// A connection that begins now. It is refused, and ended whatever it says, if there is no room
  /// for it or its client has enough.
  static Session accepted(
      Socket socket, ServerContext protocol, boolean full, Workspace workspace, long now) {
    Conversation conversation = Conversation.accepted(protocol, socket, full, workspace, now);
    boolean refused = !conversation.wantsInput();
    return new Session(socket, conversation, protocol.observer(), refused);
  }

  /// The same connection, refused because nobody can serve it.
  Session refused(ServerContext protocol, Workspace workspace, long now) {
    conversation.abandon();
    return accepted(socket, protocol, true, workspace, now);
  }

  /// Says what it can say now, and is over.
  void hurry(Workspace workspace, long now) {
    turn(workspace, 0, now);
    conversation.abandon();
  }

  Socket socket() {
    return socket;
  }

  long deadline() {
    return conversation.deadline();
  }

  /// What the socket must be ready for before another turn can do something, as a [Poller] says
  /// it.
  int wants() {
    return blocked ? Poller.WRITABLE : Poller.READABLE;
  }

  /// Waited for a thread until now: only now its time begins.
  void beginNow(long now) {
    conversation.beginWait(now);
  }

  /// Whether it was refused before it said anything.
  boolean isRefused() {
    return refused;
  }

  /// Does what can be done now.
  ///
  /// @param what is ready, as a [Poller] says it
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
      outcome = Outcome.OVER;
    } finally {
      // Not when it began: a handler may have taken longer than the client has for what is next.
      turnEnded = System.nanoTime();
      conversation.finish(turnEnded);
    }
    return conversation.isDone() ? Outcome.OVER : outcome;
  }

  /// When its last turn ended, in nanoseconds of `System.nanoTime`.
  long turnEnded() {
    return turnEnded;
  }

  /// From now on it ends as soon as nothing is begun. What has already arrived counts as begun.
  ///
  /// @param what is ready, as a [Poller] says it
  Outcome drain(Workspace workspace, int what, long now) {
    draining = true;
    return turn(workspace, what | Poller.READABLE, now);
  }

  /// Closes the socket. Only [Admission] calls it.
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
          return Outcome.AGAIN;
        }
        case GONE, CUT_SHORT -> {
          return Outcome.OVER;
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
        return Outcome.OVER;
      }
      if (!readable || !conversation.wantsInput()) {
        return Outcome.WAITING;
      }
      if (!read()) {
        return Outcome.OVER;
      }
    }
    return Outcome.AGAIN;
  }

  /// Whether closing is enough: it ends output too, in one call and one segment with the last
  /// bytes, unless something lies unread, which would make it a reset that drops them.
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
