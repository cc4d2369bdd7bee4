package io.tercet.http.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import io.tercet.http.readiness.Waiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What epoll with a ring does beyond what every poller does: many sockets share two calls.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RingPollerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final int FOREVER_MILLIS = 30_000;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final byte[] into = new byte[32 * 1024];
  private Listener listener;
  private SubmissionRing ring;
  private RingPoller poller;
  private Pair beside;

  @BeforeEach
  void open() throws Exception {
    ring = SubmissionRing.open();
    assumeTrue(ring != null, "this kernel does not let us have an io_uring");
    listener = new PosixNetwork().listen(ANY_PORT, 1, 256).getFirst();
    poller = new RingPoller(new EpollPoller(), ring);
    beside = pair("beside");
    poller.want(beside.server, Poller.READABLE);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    if (ring != null) {
      listener.close();
      poller.close();
    }
  }

  @Test
  void receivesForASocketThatWaitsBeforeItsTurn() throws Exception {
    Pair first = pair("first");
    Pair second = pair("second");
    poller.want(first.server, Poller.READABLE);
    poller.want(second.server, Poller.READABLE);
    first.says("one");
    second.says("two");
    List<String> heard = new ArrayList<>();
    await((key, what) -> {
      Socket socket = key.equals("first") ? first.server : second.server;
      // Nothing is left with the kernel, and the socket has it all the same.
      assertThat(SocketCalls.receive(((Descriptor) socket).fd(), into, 0, 8)).isNegative();
      heard.add(received(socket));
    });
    while (heard.size() < 2) {
      await((key, what) -> heard.add(received(key.equals("first") ? first.server : second.server)));
    }
    assertThat(heard).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void leavesInputWithTheKernelForASocketThatDoesNotWaitForIt() throws Exception {
    Pair pair = pair("a");
    poller.want(pair.server, Poller.WRITABLE);
    pair.says("one");
    await((key, what) ->
        assertThat(SocketCalls.receive(((Descriptor) pair.server).fd(), into, 0, 8)).isEqualTo(3));
  }

  @Test
  void keepsWhatNobodyAsksForAndReceivesNoMoreUntilThatIsTaken() throws Exception {
    Pair pair = pair("a");
    poller.want(pair.server, Poller.READABLE);
    pair.says("one");
    await((key, what) -> {});
    poller.want(pair.server, Poller.READABLE);
    pair.says("two");
    // All of it: who reads less than there is room for takes that for the end of it.
    await((key, what) -> assertThat(received(pair.server)).isEqualTo("onetwo"));
    assertThat(pair.server.receive(into, 0, 8)).isEqualTo(NonBlockingOutput.WOULD_BLOCK);
  }

  @Test
  void givesAllThatIsThereWhenItIsMoreThanIsReceivedAhead() throws Exception {
    byte[] much = random(3 * RingPoller.INPUT_BYTES);
    Pair pair = pair("a");
    pair.says(much);
    poller.want(pair.server, Poller.READABLE);
    await((key, what) -> {
      assertThat(pair.server.receive(into, 0, into.length)).isEqualTo(much.length);
      assertThat(Arrays.copyOf(into, much.length)).isEqualTo(much);
    });
  }

  @Test
  void givesExactlyWhatIsReceivedAheadWhenThatIsAll() throws Exception {
    byte[] much = random(RingPoller.INPUT_BYTES);
    Pair pair = pair("a");
    pair.says(much);
    poller.want(pair.server, Poller.READABLE);
    await((key, what) -> {
      assertThat(pair.server.receive(into, 0, into.length)).isEqualTo(much.length);
      assertThat(pair.server.receive(into, 0, into.length))
          .isEqualTo(NonBlockingOutput.WOULD_BLOCK);
    });
  }

  @Test
  void givesItInPartsToWhoHasLittleRoom() throws Exception {
    byte[] mine = new byte[8];
    Pair pair = pair("a");
    poller.want(pair.server, Poller.READABLE);
    pair.says("abcdefgh");
    await((key, what) -> {
      assertThat(pair.server.receive(mine, 0, 3)).isEqualTo(3);
      assertThat(pair.server.receive(mine, 3, 3)).isEqualTo(3);
    });
    assertThat(pair.server.receive(mine, 6, 2)).isEqualTo(2);
    assertThat(new String(mine)).isEqualTo("abcdefgh");
  }

  @Test
  void tellsTheEndAsAReceiveDoes() throws Exception {
    Pair pair = pair("a");
    poller.want(pair.server, Poller.READABLE);
    pair.client.shutdownOutput();
    awaitEnd(pair);
    await((key, what) -> assertThat(pair.server.receive(into, 0, 8)).isZero());
  }

  @Test
  void sendsWhatIsPostedWhenAllHaveHadTheirTurns() throws Exception {
    Pair pair = ready("a");
    List<Integer> rests = new ArrayList<>();
    await(
        new Posting(
            (key, what) -> {
              assertThat(pair.server.post("hello".getBytes(), 1, 4)).isTrue();
              assertThat(rests).isEmpty();
            }) {
          @Override
          public void left(Object key, byte[] rest) {
            assertThat(key).isEqualTo("a");
            rests.add(rest.length);
          }
        });
    assertThat(rests).containsExactly(0);
    assertThat(pair.client.getInputStream().readNBytes(4)).isEqualTo("ello".getBytes());
  }

  @Test
  void sendsWhatIsPostedBeforeTheTurnsOfOthersAfterOneThatTakesItsTime() throws Exception {
    Pair first = pair("first");
    Pair second = pair("second");
    Pair third = pair("third");
    for (Pair pair : List.of(first, second, third)) {
      poller.want(pair.server, Poller.READABLE);
      pair.says("x");
    }
    Map<Object, Pair> pairs = Map.of("first", first, "second", second, "third", third);
    List<String> events = new ArrayList<>();
    while (events.size() < 6) {
      await(
          new Posting(
              (key, what) -> {
                if (!received(pairs.get(key).server).isEmpty()) {
                  events.add("turn");
                  assertThat(pairs.get(key).server.post("hello".getBytes(), 0, 5)).isTrue();
                  long until = System.nanoTime() + 2_000_000;
                  while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                  }
                }
              }) {
            @Override
            public void left(Object key, byte[] rest) {
              events.add("left");
            }
          });
    }
    assertThat(events.indexOf("left")).isLessThan(events.lastIndexOf("turn"));
  }

  @Test
  void takesNoPostOutOfTurnAndNoneThatIsTooLong() throws Exception {
    Pair pair = ready("a");
    assertThat(pair.server.post(into, 0, 1)).isFalse();
    await((key, what) -> assertThat(pair.server.post(into, 0, Posts.BYTES_MAX + 1)).isFalse());
    assertThat(pair.server.post(into, 0, 1)).isFalse();
  }

  @Test
  void servesMoreSocketsThanARoundAndMoreOutputThanItHolds() throws Exception {
    int count = 3 * RingPoller.ROUND_MAX + 1;
    byte[] answer = random(Posts.BYTES_MAX);
    Map<Object, Pair> pairs = new HashMap<>();
    for (int i = 0; i < count; i++) {
      pairs.put(i, pair(i));
    }
    for (Pair pair : pairs.values()) {
      poller.want(pair.server, Poller.READABLE);
      pair.says("x");
    }
    int[] refused = {0};
    Map<Object, Integer> rests = new HashMap<>();
    Posting turns =
        new Posting(
            (key, what) -> {
              if ((what & Poller.READABLE) != 0 && !received(pairs.get(key).server).isEmpty()) {
                if (!pairs.get(key).server.post(answer, 0, answer.length)) {
                  refused[0]++;
                  rests.put(key, answer.length);
                }
              }
            }) {
          @Override
          public void left(Object key, byte[] rest) {
            rests.put(key, rest.length);
          }
        };
    while (rests.size() < count) {
      await(turns);
    }
    assertThat(refused[0]).isPositive();
    for (Map.Entry<Object, Pair> each : pairs.entrySet()) {
      int sent = answer.length - rests.get(each.getKey());
      assertThat(each.getValue().client.getInputStream().readNBytes(sent))
          .isEqualTo(Arrays.copyOf(answer, sent));
    }
  }

  @Test
  void dropsWhatWasPostedOnASocketThatIsForgottenBecauseItsDescriptorMayBeAnothers()
      throws Exception {
    Pair pair = ready("a");
    await((key, what) -> {
      assertThat(received(pair.server)).isEqualTo("x");
      assertThat(pair.server.post("hello".getBytes(), 0, 5)).isTrue();
      poller.forget(pair.server);
    });
    pair.server.write("other".getBytes(), 0, 5, false);
    pair.server.endOutput();
    assertThat(pair.client.getInputStream().readAllBytes()).isEqualTo("other".getBytes());
  }

  @Test
  void givesBackWhatTheOtherSideDoesNotTake() throws Exception {
    Pair pair = ready("a");
    byte[] answer = random(Posts.BYTES_MAX);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    byte[][] back = {new byte[0]};
    while (back[0].length == 0) {
      await(
          new Posting(
              (key, what) -> {
                pair.server.receive(into, 0, into.length);
                assertThat(pair.server.post(answer, 0, answer.length)).isTrue();
                pair.says("more");
              }) {
            @Override
            public void left(Object key, byte[] rest) {
              sent.write(answer, 0, answer.length - rest.length);
              back[0] = rest;
            }
          });
    }
    int taken = answer.length - back[0].length;
    assertThat(back[0]).isEqualTo(Arrays.copyOfRange(answer, taken, answer.length));
    assertThat(pair.client.getInputStream().readNBytes(sent.size())).isEqualTo(sent.toByteArray());
  }

  @Test
  void givesBackEverythingWhenTheOtherSideIsGone() throws Exception {
    Pair pair = ready("a");
    pair.client.setSoLinger(true, 0);
    pair.client.close();
    awaitEnd(pair);
    byte[][] back = {new byte[0]};
    while (back[0].length == 0) {
      await(
          new Posting(
              (key, what) -> assertThat(pair.server.post("hello".getBytes(), 0, 5)).isTrue()) {
            @Override
            public void left(Object key, byte[] rest) {
              back[0] = rest;
            }
          });
    }
    assertThat(back[0]).isEqualTo("hello".getBytes());
    assertThat(pair.server.write("hello".getBytes(), 0, 5, false))
        .isEqualTo(NonBlockingOutput.GONE);
  }

  @Test
  void goesOnWithoutTheRingWhenTheKernelTakesNoMore() throws Exception {
    Pair pair = ready("a");
    // What lies in the ring's place is none: the kernel refuses, as if it had no memory for more.
    int none = ((Descriptor) pair.server).fd();
    assertThat(Libc.function("dup2").call(none, ring.fd())).isEqualTo(ring.fd());
    List<byte[]> back = new ArrayList<>();
    await(
        new Posting(
            (key, what) -> {
              assertThat(received(pair.server)).isEqualTo("x");
              // It has given up before, or does so now.
              if (!pair.server.post("hello".getBytes(), 0, 5)) {
                back.add("hello".getBytes());
              }
            }) {
          @Override
          public void left(Object key, byte[] rest) {
            back.add(rest);
          }
        });
    assertThat(back).containsExactly("hello".getBytes());
    pair.says("y");
    await((key, what) -> assertThat(received(pair.server)).isEqualTo("y"));
  }

  private record Pair(java.net.Socket client, Socket server) {
    void says(String text) {
      says(text.getBytes());
    }

    /// Returns when it has arrived.
    void says(byte[] bytes) {
      int arrived = unread(server) + bytes.length;
      try {
        client.getOutputStream().write(bytes);
        while (unread(server) < arrived) {
          Thread.onSpinWait();
        }
      } catch (IOException failure) {
        throw new AssertionError(failure);
      }
    }
  }

  /// Is told what became of what it posted.
  private abstract static class Posting implements Poller.Ready {
    private final Poller.Ready turns;

    Posting(Poller.Ready turns) {
      this.turns = turns;
    }

    @Override
    public void ready(Object key, int what) {
      turns.ready(key, what);
    }
  }

  /// One that waits for input, and has some.
  private Pair ready(Object key) throws Exception {
    Pair pair = pair(key);
    poller.want(pair.server, Poller.READABLE);
    pair.says("x");
    return pair;
  }

  private Pair pair(Object key) throws Exception {
    java.net.Socket client = new java.net.Socket();
    opened.add(client);
    client.setTcpNoDelay(true);
    client.connect(listener.address());
    client.getOutputStream().write('g');
    Socket server = listener.accept();
    while (server == null) {
      Thread.onSpinWait();
      server = listener.accept();
    }
    opened.add(server);
    while (server.receive(new byte[1], 0, 1) == NonBlockingOutput.WOULD_BLOCK) {
      Thread.onSpinWait();
    }
    assertThat(poller.watch(server, key)).isTrue();
    Poller.Ready nobody = (of, what) -> {};
    poller.await(0, nobody);
    return new Pair(client, server);
  }

  /// Waits for a round of two at least: what is said beside arrives last.
  private void await(Poller.Ready ready) {
    beside.says("b");
    poller.await(
        FOREVER_MILLIS,
        new Posting(
            (key, what) -> {
              if (!key.equals("beside")) {
                ready.ready(key, what);
              } else if ((what & Poller.READABLE) != 0) {
                assertThat(received(beside.server)).isEqualTo("b");
                poller.want(beside.server, Poller.READABLE);
              }
            }) {
          @Override
          public void left(Object key, byte[] rest) {
            ready.left(key, rest);
          }
        });
  }

  /// Waits until the kernel knows that the other side has ended, or is gone.
  private static void awaitEnd(Pair pair) {
    try (Waiter waiter = new PosixNetwork().waiter()) {
      int what = 0;
      while ((what & Poller.ENDED) == 0) {
        what = waiter.await(pair.server, Poller.READABLE, FOREVER_MILLIS, false);
      }
    }
  }

  private String received(Socket socket) {
    int count = socket.receive(into, 0, into.length);
    return count > 0 ? new String(into, 0, count) : "";
  }

  /// How many bytes have come that nobody has received: FIONREAD of ioctl_tty(2).
  private static int unread(Socket socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(4, 4);
      Libc.function("ioctl").call(((Descriptor) socket).fd(), 0x541B, count.address());
      return count.get(ValueLayout.JAVA_INT, 0);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(4711).nextBytes(bytes);
    return bytes;
  }
}
