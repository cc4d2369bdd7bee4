package io.tercet.http.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.Eventually;
import io.tercet.http.buffer.NonBlockingOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every poller does alike, so that an event loop need not know which one it has.
@Timeout(60)
abstract class PollerContract {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int FOREVER_MILLIS = 30_000;

  /// Longer than any wait that ends as it should, however slow the machine, and no forever.
  private static final long SOON_NANOS = FOREVER_MILLIS * 500_000L;

  /// What each client says first, because a silent one is accepted only after a moment.
  private static final int GREETING = 'g';

  private final List<AutoCloseable> opened = new ArrayList<>();
  private Network network;
  private Listener listener;
  private Poller poller;

  /// Where sockets come from.
  abstract Network network();

  /// The poller under test.
  abstract Poller poller(Network from);

  /// Whether it tells of a socket for as long as it is ready, not only when it becomes ready.
  boolean tellsLevels() {
    return false;
  }

  @BeforeEach
  void listen() throws IOException {
    network = network();
    listener = network.listen(ANY_PORT, 1, 16).getFirst();
    poller = poller(network);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    listener.close();
    poller.close();
  }

  @Test
  void tellsOfAListenerAsLongAsAConnectionIsQueued() throws Exception {
    poller.watch(listener, "listener");
    dial();
    assertThat(next()).containsKey("listener");
    assertThat(next()).containsKey("listener");
    opened.add(listener.accept());
    assertThat(listener.accept()).isNull();
    assertThat(now()).isEmpty();
  }

  @Test
  void tellsNothingOfAListenerThatIsForgottenUntilItIsWatchedAgain() throws Exception {
    poller.watch(listener, "listener");
    poller.forget(listener);
    dial();
    assertThat(now()).isEmpty();
    poller.watch(listener, "again");
    assertThat(next()).containsOnlyKeys("again");
  }

  @Test
  void tellsWhatArrived() throws Exception {
    Pair pair = pair("a");
    pair.client.getOutputStream().write('x');
    assertThat(until("a", Poller.READABLE)).isTrue();
    byte[] into = new byte[8];
    assertThat(pair.server.receive(into, 0, 8)).isEqualTo(1);
    assertThat(into[0]).isEqualTo((byte) 'x');
  }

  @Test
  void tellsWhatArrivesAfterEverythingWasRead() throws Exception {
    Pair pair = pair("a");
    byte[] into = new byte[8];
    for (int i = 0; i < 3; i++) {
      pair.client.getOutputStream().write('x');
      assertThat(until("a", Poller.READABLE)).isTrue();
      assertThat(pair.server.receive(into, 0, 8)).isEqualTo(1);
      assertThat(pair.server.receive(into, 0, 8)).isEqualTo(NonBlockingOutput.WOULD_BLOCK);
      poller.want(pair.server, Poller.READABLE);
    }
  }

  @Test
  void tellsOnceOfInputThatNobodyReadsUntilMoreComesUnlessItTellsLevels() throws Exception {
    Pair pair = pair("a");
    pair.client.getOutputStream().write('x');
    assertThat(until("a", Poller.READABLE)).isTrue();
    assertThat(now().containsKey("a")).isEqualTo(tellsLevels());
    poller.want(pair.server, Poller.READABLE);
    pair.client.getOutputStream().write('y');
    assertThat(until("a", Poller.READABLE)).isTrue();
    assertThat(pair.server.receive(new byte[8], 0, 8)).isEqualTo(2);
  }

  @Test
  void tellsWhatHadArrivedBeforeItWatched() throws Exception {
    java.net.Socket client = dial();
    client.getOutputStream().write('x');
    poller.watch(accepted(), "a");
    assertThat(until("a", Poller.READABLE)).isTrue();
  }

  @Test
  void tellsThatTheOtherSideHasEnded() throws Exception {
    Pair pair = pair("a");
    pair.client.shutdownOutput();
    assertThat(until("a", Poller.READABLE)).isTrue();
    assertThat(pair.server.receive(new byte[8], 0, 8)).isZero();
  }

  @Test
  void tellsThatTheOtherSideIsGone() throws Exception {
    Pair pair = pair("a");
    pair.client.setSoLinger(true, 0);
    pair.client.close();
    assertThat(until("a", Poller.READABLE)).isTrue();
    // The kernel names a reset once; whoever asks again hears that nothing more comes.
    assertThat(pair.server.receive(new byte[8], 0, 8)).isIn(NonBlockingOutput.GONE, 0);
  }

  @Test
  void tellsThatThereIsRoomAgain() throws Exception {
    Pair pair = pair("a");
    byte[] much = new byte[64 * 1024];
    long sent = 0;
    int taken = pair.server.write(much, 0, much.length, false);
    while (taken > 0) {
      sent += taken;
      taken = pair.server.write(much, 0, much.length, false);
    }
    assertThat(taken).isEqualTo(NonBlockingOutput.WOULD_BLOCK);
    poller.want(pair.server, Poller.WRITABLE);
    assertThat(now().getOrDefault("a", 0) & Poller.READABLE).isZero();
    pair.client.getInputStream().readNBytes((int) sent);
    assertThat(until("a", Poller.WRITABLE)).isTrue();
    assertThat(pair.server.write(much, 0, much.length, false)).isPositive();
  }

  @Test
  void tellsNothingOfASocketThatIsForgotten() throws Exception {
    Pair pair = pair("a");
    poller.forget(pair.server);
    pair.client.getOutputStream().write('x');
    assertThat(now()).doesNotContainKey("a");
  }

  @Test
  void watchesAnotherSocketThatHasTheDescriptorOfOneBefore() throws Exception {
    for (int i = 0; i < 10; i++) {
      java.net.Socket client = dial();
      Socket server = accepted();
      poller.watch(server, i);
      client.getOutputStream().write('x');
      assertThat(until(i, Poller.READABLE)).isTrue();
      poller.forget(server);
      opened.remove(server);
      server.close();
      assertThat(now()).isEmpty();
    }
  }

  @Test
  void tellsOfManyAtOnce() throws Exception {
    Map<Object, Pair> pairs = new HashMap<>();
    for (int i = 0; i < 16; i++) {
      pairs.put(i, pair(i));
    }
    for (Pair pair : pairs.values()) {
      pair.client.getOutputStream().write('x');
    }
    Set<Object> left = new HashSet<>(pairs.keySet());
    while (!left.isEmpty()) {
      next()
          .forEach((key, what) -> {
            if ((what & Poller.READABLE) != 0 && left.remove(key)) {
              assertThat(pairs.get(key).server.receive(new byte[8], 0, 8)).isEqualTo(1);
            }
          });
    }
    assertThat(now().values()).noneMatch(what -> (what & Poller.READABLE) != 0);
  }

  @Test
  void waitsNoLongerThanItIsTold() {
    long from = System.nanoTime();
    poller.await(20, (key, what) -> {});
    assertThat(System.nanoTime() - from).isBetween(15_000_000L, SOON_NANOS);
    assertThat(now()).isEmpty();
  }

  @Test
  void isWokenByAnotherThread() throws Exception {
    Thread waiting =
        Thread.ofPlatform()
            .name("waits")
            .start(() -> poller.await(FOREVER_MILLIS, (key, what) -> {}));
    Eventually.isTrue(() -> isAsleep("waits"));
    long from = System.nanoTime();
    poller.wake();
    waiting.join();
    assertThat(System.nanoTime() - from).isLessThan(SOON_NANOS);
  }

  @Test
  void isWokenOnceForAWakeBeforeTheWait() {
    poller.wake();
    poller.wake();
    long from = System.nanoTime();
    poller.await(FOREVER_MILLIS, (key, what) -> assertThat(key).isNull());
    assertThat(System.nanoTime() - from).isLessThan(SOON_NANOS);
    assertThat(now()).isEmpty();
  }

  @Test
  void isNotHurtByAWakeAfterItsEnd() throws Exception {
    Poller other = poller(network);
    other.close();
    other.wake();
  }

  private record Pair(java.net.Socket client, Socket server) {}

  private Pair pair(Object key) throws Exception {
    java.net.Socket client = dial();
    Socket server = accepted();
    assertThat(poller.watch(server, key)).isTrue();
    return new Pair(client, server);
  }

  private java.net.Socket dial() throws IOException {
    java.net.Socket client = new java.net.Socket();
    opened.add(client);
    client.setTcpNoDelay(true);
    client.connect(listener.address());
    client.getOutputStream().write(GREETING);
    return client;
  }

  /// A client is connected once it is queued, but the queue may say so a moment later.
  private Socket accepted() throws Exception {
    Socket server = listener.accept();
    while (server == null) {
      Thread.onSpinWait();
      server = listener.accept();
    }
    opened.add(server);
    while (server.receive(new byte[1], 0, 1) == NonBlockingOutput.WOULD_BLOCK) {
      Thread.onSpinWait();
    }
    return server;
  }

  /// Whether the kernel lets the thread of this name sleep, as it does in a call that waits.
  private static boolean isAsleep(String name) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("stat")).contains("(" + name + ") S ")) {
          return true;
        }
      }
    } catch (IOException endedMeanwhile) {
      // One of the others: look again.
    }
    return false;
  }

  /// Waits until this key is ready for that; what else is ready before is not of interest.
  private boolean until(Object key, int what) {
    while ((next().getOrDefault(key, 0) & what) == 0) {
      Thread.onSpinWait();
    }
    return true;
  }

  private Map<Object, Integer> next() {
    return ready(FOREVER_MILLIS);
  }

  /// What is ready without a wait; room for output may be reported unasked.
  private Map<Object, Integer> now() {
    Map<Object, Integer> ready = ready(0);
    ready.values().removeIf(what -> what == Poller.WRITABLE);
    return ready;
  }

  private Map<Object, Integer> ready(int timeoutMillis) {
    Map<Object, Integer> ready = new HashMap<>();
    poller.await(timeoutMillis, (key, what) -> ready.merge(key, what, (a, b) -> a | b));
    return ready;
  }
}
