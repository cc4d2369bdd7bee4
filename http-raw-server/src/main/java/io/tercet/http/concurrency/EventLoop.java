package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// One thread, one poller, and the connections that it accepted.
///
/// A round, in this order:
///
/// 1. *Wait* until a socket is ready or a look at deadlines is due; not at all while somebody wants
///    one more turn. Who is ready has a turn at once: all that can be done without waiting.
/// 2. *Accept* what is queued. After the turns of those who were here, and with a first turn for
///    each, because its request has often come by then.
/// 3. *Again*: one more turn for those whose turn ended before their work did. One each, so that
///    who never has to wait, for input or for room, keeps nobody else from a turn.
/// 4. *Sweep*, when it is due: a turn for those whose deadline is over, a look at those who were
///    refused, and another try with a listener that could not accept. Only now and then, because it
///    looks at all connections.
/// 5. *Drain*, in a stop: a turn for everybody, once, in which they learn that this is the end; and
///    who is left when the time is over is cut off. Last, so that what has begun had its turns. It
///    accepts until the listener refuses. A loop that is retired only accepts no more.
///
/// Nothing in a round may wait but the poller, and a handler for a file: everybody would wait with
/// it.
///
/// Threading: everything but [#watch], [#start], [#retire], [#stop] and [#join] happens on the
/// loop's own thread.
final class EventLoop implements Runnable, Poller.Ready {
  private final Listener listener;
  private final Poller poller;
  private final Admission admission;
  private final Workspace workspace;
  private final Sweep sweep;
  private final Refusals refusals;
  private final List<Member> members = new ArrayList<>();
  private final ArrayDeque<Member> again = new ArrayDeque<>();
  private final Thread thread;
  private boolean accepting;
  private boolean queued;
  private boolean draining;
  private boolean cut;

  /// When the last turn ended, or the wait that came after it.
  private long now;

  /// Whether it waits, or has waited and not looked at the clock since.
  private boolean waited;

  private volatile boolean retired;
  private volatile boolean stopping;
  private volatile long stopBy;

  /// A session and its place in the list, so that it can leave without a search.
  private static final class Member {
    final Session session;
    int place;
    boolean gone;

    /// Whether it waits for one more turn, so that it never waits for two.
    boolean again;

    Member(Session session, int place) {
      this.session = session;
      this.place = place;
    }
  }

  EventLoop(Listener listener, Poller poller, ServerContext protocol, Admission admission) {
    this.listener = listener;
    this.poller = poller;
    this.admission = admission;
    this.workspace = new Workspace(protocol.limits());
    this.refusals = new Refusals(admission, workspace);
    this.sweep = new Sweep(protocol.deadlines(), System.nanoTime());
    this.thread = Thread.ofPlatform().unstarted(this);
  }

  /// Before it is started.
  ///
  /// @throws IllegalStateException if the poller cannot watch the listener
  void watch() {
    poller.watch(listener, listener);
    accepting = true;
  }

  void start(String name) {
    thread.setName(name);
    thread.start();
  }

  /// When another of its model cannot start: it ends, whether it has been started or not.
  void discard() {
    if (thread.getState() == Thread.State.NEW) {
      poller.close();
    } else {
      stop(System.nanoTime());
    }
  }

  /// Asks the loop to accept no more, and to end when its last connection does.
  void retire() {
    retired = true;
    poller.wake();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /// Asks the loop to end by this time.
  void stop(long until) {
    stopBy = until;
    stopping = true;
    poller.wake();
  }

  /// Waits for its end; true if no connection had to be cut off.
  boolean join() {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !cut;
  }

  @Override
  public void run() {
    now = System.nanoTime();
    while (!isDone()) {
      waited = true;
      poller.await(again.isEmpty() ? sweep.millisLeft(now) : 0, this);
      if (queued || stopping) {
        // In a stop without being told: whoever is queued came before the end of it was told.
        accept();
      }
      runAgain();
      lookAtTheClock();
      if (sweep.takeDue(now)) {
        sweep(now);
      }
      if (retired || (stopping && listener.isOver())) {
        acceptNoMore();
      }
      if (stopping) {
        drain(now);
      }
    }
    acceptNoMore();
    poller.close();
  }

  /// Retired or stopped, and its last connection has ended. In a stop it stays as long as anybody
  /// has connections, because who comes to its listener meanwhile has nobody else.
  private boolean isDone() {
    boolean empty = members.isEmpty() && refusals.isEmpty();
    return empty && (retired || (stopping && (!accepting || admission.isIdle())));
  }

  @Override
  public void ready(Object key, int what) {
    if (key instanceof Member member) {
      turn(member, what);
    } else {
      queued = true;
    }
  }

  /// After the turns of the others, so that the first request of a new connection has time to come.
  private void accept() {
    queued = false;
    if (accepting && !admission.accept(listener, workspace, this::join)) {
      // It would be reported at once again; the next sweep tries again.
      acceptNoMore();
    }
  }

  private void acceptNoMore() {
    if (accepting) {
      poller.forget(listener);
      accepting = false;
    }
  }

  /// The request is often there already, and with `Connection: close` the answer is the end: then
  /// the poller need not hear of the connection.
  private void join(Session session) {
    if (!poller.takes(session.socket())) {
      refusals.refuse(session);
      return;
    }
    Session.Outcome outcome =
        admission.turn(session, workspace, Poller.READABLE, System.nanoTime());
    if (outcome == Session.Outcome.OVER) {
      admission.end(session);
      return;
    }
    Member member = new Member(session, members.size());
    if (!poller.watch(session.socket(), member)) {
      // Too late for a refusal: it may have heard a part of something else.
      admission.end(session);
      return;
    }
    members.add(member);
    follow(member, outcome);
  }

  private void turn(Member member, int what) {
    if (!member.gone) {
      lookAtTheClock();
      Session.Outcome outcome = admission.turn(member.session, workspace, what, now);
      now = member.session.turnEnded();
      follow(member, outcome);
    }
  }

  /// A turn begins when the one before has ended; only after a wait nobody knows the time.
  private void lookAtTheClock() {
    if (waited) {
      waited = false;
      now = System.nanoTime();
    }
  }

  private void follow(Member member, Session.Outcome outcome) {
    switch (outcome) {
      case WAITING -> poller.want(member.session.socket(), member.session.wants());
      case AGAIN -> {
        if (!member.again) {
          member.again = true;
          again.add(member);
        }
      }
      case OVER -> leave(member);
    }
  }

  private void leave(Member member) {
    member.gone = true;
    Member last = members.removeLast();
    if (last != member) {
      members.set(member.place, last);
      last.place = member.place;
    }
    poller.forget(member.session.socket());
    admission.end(member.session);
  }

  /// One more turn for each that asked; those that ask again wait for the next round.
  private void runAgain() {
    for (int i = again.size(); i > 0; i--) {
      Member member = again.removeFirst();
      member.again = false;
      turn(member, 0);
    }
  }

  private void sweep(long now) {
    for (int i = members.size() - 1; i >= 0; i--) {
      Member member = members.get(i);
      if (now - member.session.deadline() >= 0) {
        follow(member, admission.turn(member.session, workspace, 0, now));
      }
    }
    refusals.look();
    if (!accepting && !stopping && !retired) {
      acceptAgain();
    }
  }

  private void acceptAgain() {
    try {
      watch();
    } catch (IllegalStateException noRoom) {
      // The next sweep tries again.
    }
  }

  private void drain(long now) {
    if (!draining) {
      draining = true;
      refusals.end();
      for (int i = members.size() - 1; i >= 0; i--) {
        Member member = members.get(i);
        follow(member, admission.turn(member.session, workspace, 0, now));
      }
    }
    if (now - stopBy >= 0) {
      acceptNoMore();
      cut |= !members.isEmpty();
      while (!members.isEmpty()) {
        leave(members.getLast());
      }
    }
  }
}
