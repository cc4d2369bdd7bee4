package io.tercet.http.concurrency.loop;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.DeadlineScan;
import io.tercet.http.concurrency.RefusedConnections;
import io.tercet.http.concurrency.ServerConnection;
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
/// 1. *Wait* until a socket is ready or the next scan is due; not at all while a connection has
///    yielded. Each ready connection has its turn at once: all that it can do without waiting.
/// 2. *Accept* what is queued. This comes after the turns of open connections, and each new one has
///    its first turn at once, because its request has often arrived by then.
/// 3. *Yielded*: one more turn for each connection that had more to do. Only one, so that a
///    connection that never has to wait does not starve the others.
/// 4. *Scan*, when it is due: a turn for each connection whose deadline has passed, a turn for the
///    refused ones, and another try with a listener that could not accept. It is rare, because it
///    visits all connections.
/// 5. *Drain*, in a stop: one turn for each connection, in which it learns of the stop; when the
///    time is over, the rest are cut off. This comes last, so that requests that have begun had
///    their turns. The loop accepts until the listener refuses. A retired loop only stops
///    accepting.
///
/// Only the poller may wait in a round, and a handler for a file: all connections wait with it.
///
/// Threading: everything but [#watch], [#start], [#retire], [#stop] and [#join] happens on the
/// loop's own thread.
final class EventLoop implements Runnable, Poller.Ready {
  private final Listener listener;
  private final Poller poller;
  private final AdmissionControl admission;
  private final Workspace workspace;
  private final DeadlineScan scan;
  private final RefusedConnections refusals;
  private final List<Member> members = new ArrayList<>();
  private final ArrayDeque<Member> yielded = new ArrayDeque<>();
  private final Thread thread;
  private boolean accepting;
  private boolean queued;
  private boolean draining;
  private boolean cut;

  /// When the last turn ended, or the wait that came after it.
  private long now;

  /// Whether it waits, or has waited and not read the clock since.
  private boolean waited;

  private volatile boolean retired;
  private volatile boolean stopping;
  private volatile long stopBy;

  /// A connection and its place in the list, so that it is removed without a search.
  private static final class Member {
    final ServerConnection connection;
    int place;
    boolean gone;

    /// Whether it is in the queue of those that yielded, so that it is there once.
    boolean yielded;

    Member(ServerConnection connection, int place) {
      this.connection = connection;
      this.place = place;
    }
  }

  EventLoop(Listener listener, Poller poller, ServerContext context, AdmissionControl admission) {
    this.listener = listener;
    this.poller = poller;
    this.admission = admission;
    this.workspace = new Workspace(context.limits());
    this.refusals = new RefusedConnections(admission, workspace);
    this.scan = new DeadlineScan(context.deadlines(), System.nanoTime());
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

  /// Ends it, started or not, because another loop of its model cannot start.
  void discard() {
    if (thread.getState() == Thread.State.NEW) {
      poller.close();
    } else {
      stop(System.nanoTime());
    }
  }

  /// Makes the loop stop accepting, and end with its last connection.
  void retire() {
    retired = true;
    poller.wake();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  /// Makes the loop end by this time.
  void stop(long until) {
    stopBy = until;
    stopping = true;
    poller.wake();
  }

  /// Waits for its end; true if no connection was cut off.
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
      poller.await(yielded.isEmpty() ? scan.millisUntilNext(now) : 0, this);
      if (queued || stopping) {
        // In a stop the poller is not asked: a connection that is queued came before the refusal.
        accept();
      }
      runYielded();
      readClock();
      if (scan.beginIfDue(now)) {
        scanDeadlines(now);
      }
      if (retired || (stopping && listener.isRefusing())) {
        acceptNoMore();
      }
      if (stopping) {
        drain(now);
      }
    }
    acceptNoMore();
    poller.close();
  }

  /// Retired or stopped, and its last connection has ended. In a stop it stays as long as the
  /// server has connections, because no other loop accepts from its listener.
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
    if (accepting && !admission.acceptQueued(listener, workspace, this::admit)) {
      // The poller would report it again at once; the next scan tries again.
      acceptNoMore();
    }
  }

  private void acceptNoMore() {
    if (accepting) {
      poller.forget(listener);
      accepting = false;
    }
  }

  /// The request has often arrived already. With `Connection: close` the connection then ends here,
  /// and the poller never watches it.
  private void admit(ServerConnection connection) {
    if (!poller.supports(connection.socket())) {
      refusals.refuse(connection);
      return;
    }
    ServerConnection.Outcome outcome =
        admission.turn(connection, workspace, Poller.READABLE, System.nanoTime());
    if (outcome == ServerConnection.Outcome.FINISHED) {
      admission.close(connection);
      return;
    }
    Member member = new Member(connection, members.size());
    if (!poller.watch(connection.socket(), member)) {
      // Too late to answer 503: the client may have read a part of another answer.
      admission.close(connection);
      return;
    }
    members.add(member);
    follow(member, outcome);
  }

  private void turn(Member member, int what) {
    if (!member.gone) {
      readClock();
      ServerConnection.Outcome outcome = admission.turn(member.connection, workspace, what, now);
      now = member.connection.turnEndedAt();
      follow(member, outcome);
    }
  }

  /// A turn begins when the one before has ended, so the clock is read only after a wait.
  private void readClock() {
    if (waited) {
      waited = false;
      now = System.nanoTime();
    }
  }

  private void follow(Member member, ServerConnection.Outcome outcome) {
    switch (outcome) {
      case WAITING -> poller.want(member.connection.socket(), member.connection.interest());
      case YIELDED -> {
        if (!member.yielded) {
          member.yielded = true;
          yielded.add(member);
        }
      }
      case FINISHED -> remove(member);
    }
  }

  private void remove(Member member) {
    member.gone = true;
    Member last = members.removeLast();
    if (last != member) {
      members.set(member.place, last);
      last.place = member.place;
    }
    poller.forget(member.connection.socket());
    admission.close(member.connection);
  }

  /// One more turn for each that yielded; those that yield again wait for the next round.
  private void runYielded() {
    for (int i = yielded.size(); i > 0; i--) {
      Member member = yielded.removeFirst();
      member.yielded = false;
      turn(member, 0);
    }
  }

  private void scanDeadlines(long now) {
    for (int i = members.size() - 1; i >= 0; i--) {
      Member member = members.get(i);
      if (now - member.connection.deadline() >= 0) {
        follow(member, admission.turn(member.connection, workspace, 0, now));
      }
    }
    refusals.advance();
    if (!accepting && !stopping && !retired) {
      acceptAgain();
    }
  }

  private void acceptAgain() {
    try {
      watch();
    } catch (IllegalStateException noRoom) {
      // The next scan tries again.
    }
  }

  private void drain(long now) {
    if (!draining) {
      draining = true;
      refusals.closeAll();
      for (int i = members.size() - 1; i >= 0; i--) {
        Member member = members.get(i);
        follow(member, admission.turn(member.connection, workspace, 0, now));
      }
    }
    if (now - stopBy >= 0) {
      acceptNoMore();
      cut |= !members.isEmpty();
      while (!members.isEmpty()) {
        remove(members.getLast());
      }
    }
  }
}
