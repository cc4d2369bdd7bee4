package io.tercet.http;

import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.connection.Observer;
import io.tercet.http.message.Handler;
import io.tercet.http.readiness.Network;
import io.tercet.http.server.FailureLog;
import io.tercet.http.server.ServerConfiguration;
import io.tercet.http.server.ServerInstance;
import io.tercet.http.settings.Bounds;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server of HTTP/1.1 inside another program, which gives it a [Handler].
///
/// ```java
/// HttpServer server =
///     HttpServer.answering(request -> Response.of(Status.OK, Fields.NONE, bytes))
///         .port(8080)
///         .start();
/// ```
///
/// It listens from [Builder#start()] until [#stop], once. Many threads call the handler at the same
/// time. Java needs `--enable-native-access` for it, because sockets are system calls here.
///
/// Threading: by any thread. The second [#stop] or [#close()] does nothing.
public final class HttpServer extends ServerInstance implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private HttpServer(Builder builder, ServerConfiguration configuration) throws IOException {
    super(
        new InetSocketAddress(builder.address, builder.port),
        builder.listeners,
        builder.model,
        configuration);
  }

  /// Begins to describe a server. Unless the builder is told otherwise, it listens at a free port
  /// of the loopback address, over epoll, with the default bounds.
  public static Builder answering(Handler handler) {
    return new Builder(handler);
  }

  /// All models but `processes`: its workers would be processes of the program around the server.
  @Override
  public List<String> models() {
    return super.models().stream()
        .filter(name -> !name.equals(Settings.Model.PROCESSES.word()))
        .toList();
  }

  @Override
  public void exchangeModel(String name) throws IOException {
    if (!models().contains(name)) {
      throw new IOException("there is no model " + name);
    }
    super.exchangeModel(name);
  }

  /// Stops, and gives open requests ten seconds.
  @Override
  public void close() {
    stop(DRAIN);
  }

  /// What a server shall be. Each method changes it and returns it; used by one thread.
  public static final class Builder {
    private final Handler handler;
    private String address = "127.0.0.1";
    private int port;
    private Settings.Model model = Settings.Model.EPOLL;
    private int listeners = Runtime.getRuntime().availableProcessors();
    private Bounds bounds = Bounds.DEFAULT;
    private Observer observer = new FailureLog();
    private @Nullable ConnectionLimiter limiter;
    private @Nullable AccessLog log;

    private Builder(Handler handler) {
      this.handler = handler;
    }

    /// The address to listen at; `0.0.0.0` or `::` for all.
    public Builder address(String name) {
      address = name;
      return this;
    }

    /// The port to listen at; with 0 the system chooses one.
    public Builder port(int number) {
      port = number;
      return this;
    }

    /// Which threads wait for sockets.
    ///
    /// @throws IllegalArgumentException for [Settings.Model#PROCESSES], which only the program
    ///     http-raw-server can start
    public Builder model(Settings.Model other) {
      if (other == Settings.Model.PROCESSES) {
        throw new IllegalArgumentException("no worker processes inside another program");
      }
      model = other;
      return this;
    }

    /// How many listeners share the port. Each event loop has one; one per core by default.
    public Builder listeners(int count) {
      listeners = count;
      return this;
    }

    /// Every limit of the server. Four of them belong to parts that the caller makes, and do
    /// nothing here: [Bounds#cache], [Bounds#listingEntriesMax], [Bounds#siteFilesMax] and
    /// [Bounds#accessLogBytesMax].
    public Builder bounds(Bounds other) {
      bounds = other;
      return this;
    }

    /// Hears what happens on connections, and what handlers throw. The default logs what handlers
    /// throw; another observer has to log it itself.
    public Builder observer(Observer other) {
      observer = other;
      return this;
    }

    /// Which proxies are believed, and how many connections one client may have. By default no
    /// proxy is believed, and the number is that of the bounds.
    public Builder connectionLimiter(ConnectionLimiter other) {
      limiter = other;
      return this;
    }

    /// Hears of each answer.
    public Builder accessLog(AccessLog other) {
      log = other;
      return this;
    }

    /// Listens and serves.
    ///
    /// @throws Network.AddressInUse when another program listens there
    /// @throws IOException with the system's reason when the address cannot be had otherwise
    public HttpServer start() throws IOException {
      ConnectionLimiter used =
          limiter == null
              ? new ConnectionLimiter(TrustedProxies.NONE, bounds.clientConnectionsMax())
              : limiter;
      return new HttpServer(this, new ServerConfiguration(handler, bounds, observer, used, log));
    }
  }
}
