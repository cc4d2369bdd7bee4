package io.tercet.http;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.Server;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.message.Handler;
import io.tercet.http.readiness.Network;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import io.tercet.http.settings.Bounds;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A server of HTTP/1.1 inside another program: a [Handler], and everything else of this module.
///
/// ```java
/// HttpServer server =
///     HttpServer.answering(request -> Response.of(Status.OK, Fields.NONE, bytes))
///         .port(8080)
///         .start();
/// ```
///
/// It listens from [Builder#start()] until [#stop], once; a handler is called by many threads at
/// once. Java needs `--enable-native-access` for it, because sockets are system calls here.
///
/// Threading: [#stop] and [#close()] by any thread; the second call finds nothing left to stop.
public final class HttpServer implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Server server;
  private boolean stopped;

  private HttpServer(Server server) {
    this.server = server;
  }

  /// Begins to describe a server: at a free port of the loopback address, over epoll, with the
  /// default bounds, unless something else is said.
  public static Builder answering(Handler handler) {
    return new Builder(handler);
  }

  /// Where it listens, with the real port.
  public InetSocketAddress address() {
    return server.address();
  }

  /// Which model serves.
  public String model() {
    return server.model().name();
  }

  /// Stops to accept, lets what has begun finish for so long, and closes the rest. A handler that
  /// has not returned 3 s after that is left alone.
  ///
  /// @return whether everything finished in time
  public synchronized boolean stop(Duration drain) {
    if (stopped) {
      return true;
    }
    stopped = true;
    return server.stop(drain);
  }

  /// Stops, and gives what has begun ten seconds.
  @Override
  public void close() {
    stop(DRAIN);
  }

  /// What all connections of a server have in common, by the clock of the system.
  static ServerContext protocol(
      Handler handler,
      Bounds bounds,
      Observer observer,
      ConnectionLimiter callers,
      @Nullable AccessLog log) {
    return new ServerContext(
        handler,
        bounds.limits(),
        bounds.deadlines(),
        new HeadRenderer(new HttpDate(InstantSource.system())),
        observer,
        callers,
        new MemoryBudget(bounds.unfinishedBytesMax()),
        log);
  }

  /// What a server shall be. Each method changes it and returns it; used by one thread.
  public static final class Builder {
    private final Handler handler;
    private String address = "127.0.0.1";
    private int port;
    private Settings.Model model = Settings.Model.EPOLL;
    private int listeners = Runtime.getRuntime().availableProcessors();
    private Bounds bounds = Bounds.DEFAULT;
    private Observer observer = new Failures();
    private @Nullable ConnectionLimiter callers;
    private @Nullable AccessLog log;

    private Builder(Handler handler) {
      this.handler = handler;
    }

    /// The address to listen at; `0.0.0.0` or `::` for all.
    public Builder address(String name) {
      address = name;
      return this;
    }

    /// The port to listen at; 0 lets the system choose.
    public Builder port(int number) {
      port = number;
      return this;
    }

    /// Who waits for sockets. Worker processes would be processes of the program around it, so that
    /// model is for http-raw-server alone.
    public Builder model(Settings.Model other) {
      if (other == Settings.Model.PROCESSES) {
        throw new IllegalArgumentException("no worker processes inside another program");
      }
      model = other;
      return this;
    }

    /// How many listeners share the port, and so how many event loops there are; one per core by
    /// default.
    public Builder listeners(int count) {
      listeners = count;
      return this;
    }

    /// Every limit of the server. What a handler or a log is bounded by is said where that is made:
    /// [Bounds#cache], [Bounds#listingEntriesMax], [Bounds#siteFilesMax] and
    /// [Bounds#accessLogBytesMax] do nothing here.
    public Builder bounds(Bounds other) {
      bounds = other;
      return this;
    }

    /// Is told what happens, to count it, and what the handler throws. By default the latter is
    /// logged; another observer has to do that itself.
    public Builder observer(Observer other) {
      observer = other;
      return this;
    }

    /// Which proxies are believed, and how many connections one client may have; none, and as many
    /// as the bounds say, by default.
    public Builder connectionLimiter(ConnectionLimiter other) {
      callers = other;
      return this;
    }

    /// Is told of each answer.
    public Builder accessLog(AccessLog other) {
      log = other;
      return this;
    }

    /// Listens and serves.
    ///
    /// @throws Network.AddressInUse when somebody else listens there
    /// @throws IOException with the system's reason when the address cannot be had otherwise
    public HttpServer start() throws IOException {
      Network network = OperatingSystem.network();
      ConnectionLimiter known =
          callers == null
              ? new ConnectionLimiter(TrustedProxies.NONE, bounds.clientConnectionsMax())
              : callers;
      ServerContext protocol = protocol(handler, bounds, observer, known, log);
      InetSocketAddress at = new InetSocketAddress(address, port);
      Capacity capacity = new Capacity(bounds.connectionsMax());
      Models models = new Models(network, protocol, capacity, bounds.pool());
      ConcurrencyModel serving = models.make(model);
      return new HttpServer(Server.start(network, at, listeners, bounds.backlog(), serving));
    }
  }
}
