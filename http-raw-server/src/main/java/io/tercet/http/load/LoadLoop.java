package io.tercet.http.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tercet.http.readiness.Dialer;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// One thread of the load: an event loop over clients.
///
/// Connections are opened a few hundred at a time, so that it is the server's readiness to accept
/// that is tried, and not the length of a queue.
///
/// Threading: everything but [#enter], [#connected], [#responses] and [#join] happens on its own
/// thread.
final class LoadLoop implements Runnable, Poller.Ready {
  private static final int DIALS_AT_ONCE_MAX = 256;
  private static final int TICK_MILLIS = 10;
  private static final long TRICKLE_NANOS = Duration.ofMillis(500).toNanos();

  /// How often those that trickle are gone through: there may be many, and few have anything to do.
  private static final long ROUND_NANOS = Duration.ofMillis(TICK_MILLIS).toNanos();

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Traffic traffic;
  private final Dialer dialer;
  private final Poller poller;
  private final Books books = new Books();
  private final List<Caller> callers = new ArrayList<>();
  private final List<Caller> tricklers = new ArrayList<>();
  private final ArrayDeque<Caller> toDial = new ArrayDeque<>();
  private final ArrayDeque<Caller> again = new ArrayDeque<>();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Thread thread;
  private int dialling;
  private long roundAt = System.nanoTime();
  private volatile int connected;
  private volatile long responses;
  private volatile Phase phase = Phase.CONNECTING;
  private Phase noticed = Phase.CONNECTING;

  /// What the loop is told to do.
  enum Phase {
    CONNECTING,
    ASKING,
    MEASURING,
    FINISHING,
    OVER;

    Phase next() {
      return switch (this) {
        case CONNECTING -> ASKING;
        case ASKING -> MEASURING;
        case MEASURING -> FINISHING;
        case FINISHING, OVER -> OVER;
      };
    }
  }

  LoadLoop(Traffic traffic, Dialer dialer, Poller poller, int callers, int tricklers) {
    this.traffic = traffic;
    this.dialer = dialer;
    this.poller = poller;
    byte[] request = request(traffic);
    for (int i = 0; i < callers + tricklers; i++) {
      Caller caller = new Caller(request, i >= callers);
      this.callers.add(caller);
      if (caller.trickles()) {
        this.tricklers.add(caller);
      }
    }
    this.thread = Thread.ofPlatform().name("load").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  void enter(Phase next) {
    phase = next;
    poller.wake();
  }

  /// How many clients have a connection; those that trickle not counted.
  int connected() {
    return connected;
  }

  /// How many responses it has counted.
  long responses() {
    return responses;
  }

  /// Waits for the loop's end, and closes its books.
  Tally join() throws InterruptedException {
    thread.join();
    return books.tally();
  }

  @Override
  public void run() {
    // Tricklers first: they are there when the others come.
    tricklers.forEach(this::wish);
    callers.stream().filter(caller -> !caller.trickles()).forEach(this::wish);
    while (phase != Phase.OVER) {
      notice();
      dial();
      poller.await(again.isEmpty() ? TICK_MILLIS : 0, this);
      for (int i = again.size(); i > 0; i--) {
        turn(again.removeFirst(), Poller.READABLE);
      }
      trickle();
      connected = books.connected();
      responses = books.responses();
    }
    notice();
    for (Caller caller : callers) {
      Socket open = caller.socket();
      if (open != null) {
        poller.forget(open);
        caller.hangUp();
      }
    }
    poller.close();
  }

  @Override
  public void ready(Object key, int what) {
    turn((Caller) key, what);
  }

  private void turn(Caller caller, int what) {
    boolean wasConnected = caller.isConnected();
    Caller.Turn turn = taken(caller, what);
    if (!wasConnected && (caller.isConnected() || turn == Caller.Turn.BROKEN)) {
      dialling--;
    }
    switch (turn) {
      case WAITING -> {}
      case AGAIN -> again.add(caller);
      case ENDED -> over(caller);
      case BROKEN -> {
        books.broken(caller);
        over(caller);
      }
    }
  }

  private Caller.Turn taken(Caller caller, int what) {
    try {
      return caller.turn(what, buffer, books);
    } catch (IllegalStateException notHttp) {
      return Caller.Turn.BROKEN;
    }
  }

  private void over(Caller caller) {
    Socket open = caller.socket();
    if (open == null) {
      return;
    }
    poller.forget(open);
    books.hungUp(caller);
    again.remove(caller);
    caller.hangUp();
    if (books.connects()) {
      wish(caller);
    }
  }

  private void wish(Caller caller) {
    caller.wish(System.nanoTime());
    toDial.add(caller);
  }

  /// Only between waits: what is reported in one wait must not meet a descriptor that is used anew.
  private void dial() {
    while (dialling < DIALS_AT_ONCE_MAX && books.connects() && !toDial.isEmpty()) {
      Caller caller = toDial.removeFirst();
      Socket socket;
      try {
        socket = dialer.dial(traffic.server());
      } catch (IOException notNow) {
        books.undialled();
        toDial.addLast(caller);
        return;
      }
      dialling++;
      caller.dialled(socket);
      poller.watch(socket, caller);
    }
  }

  private void trickle() {
    long now = System.nanoTime();
    if (tricklers.isEmpty() || now - roundAt < 0) {
      return;
    }
    roundAt = now + ROUND_NANOS;
    for (Caller trickler : tricklers) {
      if (!trickler.trickle(now, TRICKLE_NANOS)) {
        over(trickler);
      }
    }
  }

  /// Goes through every phase up to the one it was told to enter last.
  private void notice() {
    Phase told = phase;
    while (noticed != told) {
      noticed = noticed.next();
      entered(noticed, System.nanoTime());
    }
  }

  private void entered(Phase now, long time) {
    switch (now) {
      case CONNECTING, OVER -> {}
      case ASKING -> {
        books.startAsking();
        for (Caller caller : callers) {
          if (!caller.start(time)) {
            over(caller);
          }
        }
      }
      case MEASURING -> books.begin(time, busyNanos());
      case FINISHING -> {
        for (Caller caller : callers) {
          if (!caller.trickles() && caller.isAsking() && caller.begun() - books.begun() <= 0) {
            books.starved(time - caller.begun());
          }
        }
        books.end(time, busyNanos());
      }
    }
  }

  private static long busyNanos() {
    return Math.max(0, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static byte[] request(Traffic traffic) {
    String connection = traffic.keepAlive() ? "" : "Connection: close\r\n";
    String text =
        "GET " + traffic.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + connection + "\r\n";
    return text.getBytes(US_ASCII);
  }
}
