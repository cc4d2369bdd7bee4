package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.Eventually;
import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.concurrency.thread.OneByOne;
import io.tercet.http.concurrency.thread.ThreadPerConnection;
import io.tercet.http.concurrency.thread.ThreadPool;
import io.tercet.http.concurrency.thread.VirtualThreads;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import io.tercet.http.readiness.Waiter;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server, whichever models follow one another on it.
@Timeout(180)
class ServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path root;
  private final Network network = new PosixNetwork();
  private final Capacity capacity = new Capacity(100);
  private Server server;

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void letsAllModelsFinishAtTheSameTimeWhenItStops() throws Exception {
    start(loops(Network.Kind.EPOLL));
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor();
        Client idle = new Client(server.address());
        Client busy = begun(idle)) {
      Future<Boolean> stopped = other.submit(() -> server.stop(PATIENCE));
      assertThat(idle.isClosed()).isTrue();
      busy.say("o HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(busy.hear().text()).isEqualTo("/n/two");
      assertThat(stopped.get()).isTrue();
    }
  }

  @Test
  void refusesWhoeverComesWhileOthersFinish() throws Exception {
    start(loops(Network.Kind.EPOLL));
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor();
        Client idle = new Client(server.address());
        Client busy = begun(idle)) {
      Future<Boolean> stopped = other.submit(() -> server.stop(PATIENCE));
      Eventually.isTrue(this::isRefused);
      assertThat(stopped).isNotDone();
      busy.say("o HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(busy.hear().text()).isEqualTo("/n/two");
      assertThat(stopped.get()).isTrue();
    }
  }

  @Test
  void servesWhoeverComesBeforeItRefuses() throws Exception {
    server = Server.start(network, ANY_PORT, 2, 128, loops(Network.Kind.EPOLL), PATIENCE);
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor();
        Client idle = new Client(server.address());
        Client busy = begun(idle)) {
      Future<Boolean> stopped = other.submit(() -> server.stop(PATIENCE));
      assertThat(idle.isClosed()).isTrue();
      try (Client late = new Client(server.address())) {
        assertThat(late.ask("/n/late").text()).isEqualTo("/n/late");
      }
      busy.say("o HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(busy.hear().text()).isEqualTo("/n/two");
      assertThat(stopped.get()).isTrue();
    }
  }

  @Test
  void doesNotWaitForAModelThatIsStartingWhenItStops() throws Exception {
    start(loops(Network.Kind.EPOLL));
    CountDownLatch begun = new CountDownLatch(1);
    ConcurrencyModel slow =
        new StubModel() {
          @Override
          public void start(List<Listener> listeners) {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
              throw new IllegalStateException("interrupted");
            }
          }
        };
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> interrupted =
          other.submit(() -> {
            assertThatThrownBy(() -> server.swap(slow))
                .hasMessage("stub cannot start: interrupted");
            return Thread.interrupted();
          });
      begun.await();
      assertThat(server.stop(PATIENCE)).isTrue();
      assertThat(interrupted.get()).isFalse();
      assertThatThrownBy(() -> server.swap(new StubModel())).hasMessage("the server has stopped");
    }
  }

  @Test
  void stopsAlthoughAHandlerDoesNotReturn() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch returns = new CountDownLatch(1);
    Handler stuck =
        request -> {
          called.countDown();
          await(returns);
          return Response.of(Status.OK, Fields.NONE, new byte[0]);
        };
    start(new EventLoops(Network.Kind.EPOLL, protocol(stuck), network, new Capacity(100)));
    try (Client client = new Client(server.address())) {
      client.say("GET /n/one HTTP/1.1\r\nHost: a\r\n\r\n");
      called.await();
      assertThat(server.stop(Duration.ZERO)).isFalse();
      assertThat(isRefused()).isTrue();
    } finally {
      returns.countDown();
    }
  }

  @Test
  void doesNotCallAModelFinishedThatFailsInItsStop() throws Exception {
    start(
        new StubModel() {
          @Override
          public boolean stop(Duration drain) {
            throw new IllegalStateException("a bug");
          }
        });
    assertThat(server.stop(PATIENCE)).isFalse();
    assertThat(isRefused()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// A connection to the model that serves next, with half a request; the one before it keeps the
  /// other connection.
  private Client begun(Client idle) throws IOException {
    assertThat(idle.ask("/n/one").text()).isEqualTo("/n/one");
    server.swap(loops(Network.Kind.POLL));
    Client busy = new Client(server.address());
    assertThat(busy.ask("/n/half").text()).isEqualTo("/n/half");
    return busy.say("GET /n/tw");
  }

  private boolean isRefused() throws IOException {
    try (Client late = new Client(server.address())) {
      late.close();
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (SocketException resetMeanwhile) {
      return false;
    }
  }

  @Test
  void forgetsAModelThatIsOverHoweverItEnded() throws IOException {
    start(cutOff());
    for (int i = 0; i < 2 * Server.RETIRED_MAX; i++) {
      server.swap(cutOff());
    }
    assertThat(server.model().name()).isEqualTo("stub");
  }

  private static StubModel cutOff() {
    StubModel model = new StubModel();
    model.over = true;
    model.finishes = false;
    return model;
  }

  static Stream<Arguments> models() {
    // With how many pollers and waiters there are descriptors for.
    return Stream.of(
        Arguments.of("one-by-one", 0),
        Arguments.of("one-by-one", 1),
        Arguments.of("threads", 0),
        Arguments.of("threads", 1),
        Arguments.of("pool", 0),
        Arguments.of("pool", 1),
        Arguments.of("virtual-threads", 0),
        Arguments.of("epoll", 0),
        Arguments.of("epoll", 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void staysAsItIsWhenTheNextModelCannotStart(String name, int gets) throws Exception {
    start(loops(Network.Kind.EPOLL));
    try (Client client = new Client(server.address())) {
      assertThat(client.ask("/n/before").text()).isEqualTo("/n/before");
      Scarce scarce = new Scarce(network, gets);
      ConcurrencyModel next = model(name, scarce);
      assertThatThrownBy(() -> server.swap(next))
          .isInstanceOf(IOException.class)
          .hasMessage(name + " cannot start: too many open files");
      assertThat(scarce.closed).hasValue(gets);
      assertThat(server.model().name()).isEqualTo("epoll");
      assertThat(client.ask("/n/after").text()).isEqualTo("/n/after");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual-threads", "epoll"})
  void staysAsItIsWhenTheNextModelCannotWatchTheListeners(String name) throws Exception {
    start(loops(Network.Kind.POLL));
    Scarce blind = new Scarce(network, 2);
    blind.listenersUnwatched = 2;
    assertThatThrownBy(() -> server.swap(model(name, blind)))
        .isInstanceOf(IOException.class)
        .hasMessage(name + " cannot start: no room for more");
    assertThat(blind.closed).hasValue(2 - blind.left);
    try (Client client = new Client(server.address())) {
      assertThat(client.ask("/n/after").text()).isEqualTo("/n/after");
    }
  }

  @ParameterizedTest
  @CsvSource({"virtual-threads, HTTP/1.1 503 .*", "epoll, (HTTP/1.1 200 .*)?"})
  void endsOneConnectionThatCannotBeWatchedAndNoOther(String name, String heard) throws Exception {
    Scarce blind = new Scarce(network, 2);
    blind.socketsUnwatched = 1;
    start(model(name, blind));
    try (Client one = new Client(server.address())) {
      assertThat(one.say(Client.get("/n/one")).rest()).matches("(?s)" + heard);
    }
    try (Client other = new Client(server.address())) {
      for (int i = 0; i < 3; i++) {
        assertThat(other.ask("/n/other").text()).isEqualTo("/n/other");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"one-by-one, 2", "threads, 2", "pool, 2", "virtual-threads, 1", "epoll, 2"})
  void keepsNothingOfAModelBeforeWhoseLastConnectionHasEnded(String name, int gets)
      throws Exception {
    Scarce counting = new Scarce(network, gets);
    start(model(name, counting));
    try (Client client = new Client(server.address())) {
      assertThat(client.ask("/n/before").text()).isEqualTo("/n/before");
      assertThat(ofModels()).isNotEmpty();
      server.swap(loops(Network.Kind.POLL));
      if (!name.equals("one-by-one")) {
        assertThat(client.ask("/n/after").text()).isEqualTo("/n/after");
      }
    }
    Eventually.isTrue(() -> counting.closed.get() == gets);
    Eventually.isTrue(() -> ofModels().isEmpty());
  }

  /// The threads of all models but the one that follows.
  private static List<String> ofModels() {
    String names =
        "one-by-one-accept|threads-accept|connection-\\d+|pool-(accept|\\d+)|virtual-threads-poller"
            + "|epoll-\\d+";
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches(names))
        .toList();
  }

  @Test
  void staysAsItIsWhenThereIsNoThreadForTheNextModel() throws Exception {
    start(loops(Network.Kind.EPOLL));
    ConcurrencyModel threadless =
        new StubModel() {
          @Override
          public void start(List<Listener> listeners) {
            throw new OutOfMemoryError("unable to create native thread");
          }
        };
    assertThatThrownBy(() -> server.swap(threadless))
        .isInstanceOf(IOException.class)
        .hasMessage("stub cannot start: unable to create native thread");
    try (Client client = new Client(server.address())) {
      assertThat(client.ask("/n/after").text()).isEqualTo("/n/after");
    }
  }

  private void start(ConcurrencyModel model) throws IOException {
    server = Server.start(network, ANY_PORT, 2, 128, model);
  }

  private ConcurrencyModel loops(Network.Kind kind) {
    return new EventLoops(kind, protocol(), network, capacity);
  }

  private ConcurrencyModel model(String name, Network on) {
    return switch (name) {
      case "one-by-one" -> new OneByOne(protocol(), on, capacity);
      case "threads" -> new ThreadPerConnection(protocol(), on, capacity);
      case "pool" -> new ThreadPool(protocol(), on, capacity, PoolSize.DEFAULT);
      case "virtual-threads" -> new VirtualThreads(protocol(), on, capacity);
      default -> new EventLoops(Network.Kind.EPOLL, protocol(), on, capacity);
    };
  }

  private ServerContext protocol() {
    return ContractHandler.protocol(root, ConnectionLimits.DEFAULT, Observer.none());
  }

  private static ServerContext protocol(Handler handler) {
    HeadRenderer renderer = new HeadRenderer(new HttpDate(InstantSource.system()));
    return new ServerContext(
        handler,
        RequestLimits.DEFAULT,
        ConnectionLimits.DEFAULT,
        renderer,
        Observer.none(),
        ConnectionLimiter.any(),
        new MemoryBudget(MemoryBudget.BYTES_MAX),
        null);
  }

  /// A system with descriptors for a few pollers and waiters only.
  private static final class Scarce implements Network {
    private final Network real;
    private final AtomicInteger closed = new AtomicInteger();
    private int left;

    /// How many listeners, and how many sockets, there is no room for.
    private int listenersUnwatched;

    private int socketsUnwatched;

    Scarce(Network real, int left) {
      this.real = real;
      this.left = left;
    }

    private void take() {
      if (--left < 0) {
        throw new IllegalStateException("too many open files");
      }
    }

    @Override
    public List<Listener> listen(InetSocketAddress address, int count, int backlog)
        throws IOException {
      return real.listen(address, count, backlog);
    }

    @Override
    public Poller poller(Kind kind) {
      take();
      return counted(Poller.class, real.poller(kind));
    }

    @Override
    public Waiter waiter() {
      take();
      return counted(Waiter.class, real.waiter());
    }

    /// Whether there is no room for what is to be watched.
    private boolean isBlindTo(Object watched) {
      if (watched instanceof Listener && listenersUnwatched-- > 0) {
        throw new IllegalStateException("no room for more");
      }
      return watched instanceof Socket && socketsUnwatched-- > 0;
    }

    /// The same thing, and that it is closed counts.
    private <T> T counted(Class<T> type, Object thing) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("close")) {
                  closed.incrementAndGet();
                }
                if (method.getName().equals("watch") && isBlindTo(arguments[0])) {
                  return false;
                }
                return method.invoke(thing, arguments);
              }));
    }
  }
}
