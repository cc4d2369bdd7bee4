package io.tercet.http.concurrency;

import io.tercet.http.connection.Conversation;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.Sink;
import io.tercet.http.connection.Workspace;
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
  private static final int STEPS_MAX = 32;

  private final Socket socket;
  private final Conversation conversation;
  private final Observer observer;
  private boolean readable;
  private boolean ended;
  private boolean draining;

  /// How a turn ended.
  enum Outcome {
    /// Nothing can be done until the socket is ready again or the deadline has passed.
    WAITING,
    /// It could go on at once; others should get their turn first.
    AGAIN,
    /// It is over; close it.
    OVER
  }

  Session(Socket socket, Conversation conversation, Observer observer) {
    this.socket = socket;
    this.conversation = conversation;
    this.observer = observer;
  }

  Socket socket() {
    return socket;
  }

  long deadline() {
    return conversation.deadline();
  }

  /// Does what can be done now.
  ///
  /// @param what is ready, as a [Poller] says it
  Outcome turn(Workspace workspace, int what, long now) {
    readable |= (what & Poller.READABLE) != 0;
    ended |= (what & Poller.ENDED) != 0;
    conversation.begin(workspace);
    try {
      if (now - conversation.deadline() >= 0) {
        conversation.expire();
      }
      Outcome outcome = steps();
      if (draining && outcome == Outcome.WAITING) {
        conversation.drain();
        return conversation.isDone() ? Outcome.OVER : outcome;
      }
      return outcome;
    } catch (RuntimeException bug) {
      observer.failed(bug);
      return Outcome.OVER;
    } finally {
      conversation.finish(now);
    }
  }

  /// From now on it ends as soon as nothing is begun. What has already arrived counts as begun.
  Outcome drain(Workspace workspace, long now) {
    draining = true;
    return turn(workspace, Poller.READABLE, now);
  }

  /// Closes the socket. Only [Admission] calls it.
  void close() {
    conversation.abandon();
    socket.close();
  }

  private Outcome steps() {
    for (int i = 0; i < STEPS_MAX; i++) {
      switch (conversation.flush(socket)) {
        case BLOCKED -> {
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
      if (conversation.endsOutput()) {
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
      return count == Sink.WOULD_BLOCK;
    }
    return true;
  }
}
