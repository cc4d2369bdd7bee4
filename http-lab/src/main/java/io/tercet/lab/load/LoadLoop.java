package io.tercet.lab.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// One thread of the load: an event loop over clients.
///
/// It opens a few hundred connections at a time, so that the server's readiness to accept is tried
/// and not the length of a queue.
///
/// Threading: everything but [#enter], [#connected], [#responses] and [#join] happens on its own
/// thread.
final class LoadLoop implements Runnable {
  private static final int CONNECTS_AT_ONCE_MAX = 256;
  private static final int TICK_MILLIS = 10;
  private static final long SLOW_BYTE_NANOS = Duration.ofMillis(500).toNanos();

  /// How often the loop looks at its slow clients: there may be many, and few have a byte to send.
  private static final long SLOW_ROUND_NANOS = Duration.ofMillis(TICK_MILLIS).toNanos();

  private static final int BUFFER_BYTES = 256 * 1024;

  private final Workload workload;
  private final Selector selector;
  private final LoopCounters counters = new LoopCounters();
  private final List<ClientConnection> clients = new ArrayList<>();
  private final List<ClientConnection> slowClients = new ArrayList<>();
  private final ArrayDeque<ClientConnection> toConnect = new ArrayDeque<>();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Thread thread;
  private int connecting;
  private long slowRoundAt = System.nanoTime();
  private volatile int connected;
  private volatile long responses;
  private volatile Phase wanted = Phase.CONNECTING;
  private Phase phase = Phase.CONNECTING;

  /// What the loop is told to do.
  enum Phase {
    CONNECTING,
    REQUESTING,
    MEASURING,
    FINISHING,
    OVER;

    Phase next() {
      return switch (this) {
        case CONNECTING -> REQUESTING;
        case REQUESTING -> MEASURING;
        case MEASURING -> FINISHING;
        case FINISHING, OVER -> OVER;
      };
    }
  }

  /// @throws UncheckedIOException if the system gives no selector
  LoadLoop(Workload workload, int quickCount, int slowCount) {
    this.workload = workload;
    this.selector = selector();
    byte[] request = request(workload);
    for (int i = 0; i < slowCount; i++) {
      slowClients.add(new ClientConnection(request, true));
    }
    // Slow ones first: they are there when the others come.
    clients.addAll(slowClients);
    for (int i = 0; i < quickCount; i++) {
      clients.add(new ClientConnection(request, false));
    }
    this.thread = Thread.ofPlatform().name("load").daemon().unstarted(this);
  }

  void start() {
    thread.start();
  }

  void enter(Phase next) {
    wanted = next;
    selector.wakeup();
  }

  /// How many clients have a connection; slow ones are not counted.
  int connected() {
    return connected;
  }

  /// How many responses it has counted.
  long responses() {
    return responses;
  }

  /// Waits for the loop's end.
  LoadResult join() throws InterruptedException {
    thread.join();
    return counters.result();
  }

  @Override
  public void run() {
    clients.forEach(this::wantConnection);
    try (selector) {
      while (wanted != Phase.OVER) {
        followPhases();
        connect();
        selector.select(this::ready, TICK_MILLIS);
        sendSlowly();
        connected = counters.connected();
        responses = counters.responses();
      }
      followPhases();
      clients.forEach(ClientConnection::close);
    } catch (IOException broken) {
      throw new UncheckedIOException("the load's selector is broken", broken);
    }
  }

  private void ready(SelectionKey key) {
    ClientConnection client = (ClientConnection) key.attachment();
    boolean wasConnected = client.isConnected();
    boolean goesOn;
    boolean broken = false;
    try {
      goesOn = client.proceed(buffer, counters);
    } catch (IOException | IllegalStateException failure) {
      goesOn = false;
      broken = true;
    }
    if (!wasConnected && (client.isConnected() || broken)) {
      connecting--;
    }
    if (broken) {
      counters.broken(client);
    }
    if (!goesOn) {
      end(client);
    }
  }

  private void end(ClientConnection client) {
    counters.disconnected(client);
    client.close();
    if (counters.isReconnecting()) {
      wantConnection(client);
    }
  }

  private void wantConnection(ClientConnection client) {
    client.wantConnection(System.nanoTime());
    toConnect.add(client);
  }

  private void connect() {
    while (connecting < CONNECTS_AT_ONCE_MAX && counters.isReconnecting() && !toConnect.isEmpty()) {
      ClientConnection client = toConnect.removeFirst();
      try {
        connecting += client.connect(workload, selector, counters) ? 1 : 0;
      } catch (IOException notNow) {
        counters.connectFailed();
        toConnect.addLast(client);
        return;
      }
    }
  }

  private void sendSlowly() {
    long now = System.nanoTime();
    if (slowClients.isEmpty() || now - slowRoundAt < 0) {
      return;
    }
    slowRoundAt = now + SLOW_ROUND_NANOS;
    for (ClientConnection client : slowClients) {
      try {
        client.sendSlowly(now, SLOW_BYTE_NANOS);
      } catch (IOException broken) {
        end(client);
      }
    }
  }

  /// Goes through every phase up to the one that was asked for last.
  private void followPhases() {
    Phase last = wanted;
    while (phase != last) {
      phase = phase.next();
      enterPhase(System.nanoTime());
    }
  }

  private void enterPhase(long now) {
    switch (phase) {
      case CONNECTING, OVER -> {}
      case REQUESTING -> {
        counters.startRequests();
        for (ClientConnection client : clients) {
          try {
            client.startRequests(now);
          } catch (IOException broken) {
            end(client);
          }
        }
      }
      case MEASURING -> counters.startMeasuring(now, cpuNanos());
      case FINISHING -> {
        for (ClientConnection client : clients) {
          if (!client.isSlow()
              && client.isRequesting()
              && client.begunAt() - counters.begunAt() <= 0) {
            counters.starved(now - client.begunAt());
          }
        }
        counters.stopMeasuring(now, cpuNanos());
      }
    }
  }

  private static Selector selector() {
    try {
      return Selector.open();
    } catch (IOException failure) {
      throw new UncheckedIOException("no selector for the load", failure);
    }
  }

  private static long cpuNanos() {
    return Math.max(0, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static byte[] request(Workload workload) {
    String connection = workload.keepAlive() ? "" : "Connection: close\r\n";
    String text =
        "GET " + workload.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + connection + "\r\n";
    return text.getBytes(US_ASCII);
  }
}
