package io.tercet.http.program;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tercet.http.access.AccessLogWriter;
import io.tercet.http.access.LogFormat;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.connection.Observer;
import io.tercet.http.message.Handler;
import io.tercet.http.metrics.ManagementEndpoints;
import io.tercet.http.readiness.Network;
import io.tercet.http.server.FailureLog;
import io.tercet.http.server.Platform;
import io.tercet.http.server.ServerConfiguration;
import io.tercet.http.server.ServerInstance;
import io.tercet.http.settings.Bounds;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts the parts of the program in order, and stops them in order: the access log, the content,
/// the server of pages, the server of the management port, and at last the thread that pulls sites.
///
/// Threading: [#start] and [#announce] by one thread; [#stop] by any thread, once.
final class ProgramLifecycle {
  private static final System.Logger LOG = System.getLogger(ProgramLifecycle.class.getName());
  private static final String MANAGEMENT_CONNECTIONS_MAX = "64";

  private final Settings settings;
  private final Extension extension;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable AccessLogWriter accessLog;
  private @Nullable ServedContent content;
  private @Nullable ServerInstance server;
  private @Nullable ServerInstance management;
  private volatile boolean stopping;

  private ProgramLifecycle(Settings settings, Extension extension) {
    this.settings = settings;
    this.extension = extension;
  }

  static ProgramLifecycle start(Settings settings, Extension extension) throws StartException {
    ProgramLifecycle program = new ProgramLifecycle(settings, extension);
    try {
      program.start();
    } catch (StartException cause) {
      program.stop();
      throw cause;
    }
    return program;
  }

  /// Logs where it listens. A reader of these lines may end the program, so the caller can stop it
  /// by now.
  void announce() {
    if (server != null) {
      announce(server);
    }
    if (management != null) {
      announce(management);
    }
  }

  /// Lets open requests finish within the time that is set. The management port goes last: until
  /// then it answers questions for health, and says that nothing more should be sent here.
  void stop() {
    stopping = true;
    long from = System.nanoTime();
    boolean finished = server == null || server.stop(settings.drain());
    if (management != null) {
      Duration left = settings.drain().minusNanos(System.nanoTime() - from);
      finished &= management.stop(left.isNegative() ? Duration.ZERO : left);
    }
    if (content != null) {
      content.close();
    }
    if (accessLog != null) {
      accessLog.close();
    }
    long tookMillis = (System.nanoTime() - from) / 1_000_000;
    LOG.log(
        System.Logger.Level.INFO,
        "stopped " + (finished ? "drained" : "cut-off") + " after " + tookMillis + " ms");
  }

  private void start() throws StartException {
    if (settings.rootMustExist() && !Files.isDirectory(settings.root())) {
      throw new StartException(settings.root() + " is not a folder; name the folder to serve");
    }
    if (!Platform.hasSystemCalls()) {
      LOG.log(
          System.Logger.Level.INFO,
          "no select, poll and epoll here: selectors of Java stand in for them");
    }
    AccessLogWriter log = accessLog(settings);
    accessLog = log;
    if (log != null) {
      FunctionCounter.builder("tercet.http.access.log.dropped", log, AccessLogWriter::dropped)
          .description("Lines of the access log that were never written")
          .register(registry);
    }
    ServedContent served = ServedContent.of(settings, extension);
    content = served;
    served.puller().ifPresent(puller -> SiteMetrics.bind(puller, registry));
    ServerInstance pages = servePages(served.handler(), extension.watchAnswers(settings, log));
    server = pages;
    if (settings.managementPort().isPresent()) {
      management = serveManagement(settings.managementPort().get(), pages);
    }
    // The last of all: everything that its thread reads is there now.
    served.start();
  }

  private ServerInstance servePages(Handler handler, @Nullable AccessLog log)
      throws StartException {
    ServerInstance pages =
        listen(
            settings.port(),
            "--port or TERCET_PAGES_PORT",
            Runtime.getRuntime().availableProcessors(),
            settings.model(),
            configuration(settings, handler, new FailureLog(), log));
    pages.bindMetricsTo(registry);
    return pages;
  }

  private ServerInstance serveManagement(int port, ServerInstance pages) throws StartException {
    Handler health = new ManagementEndpoints(registry, this::isReady);
    return listen(
        port,
        "--management-port or TERCET_PAGES_MANAGEMENT_PORT",
        1,
        Settings.Model.VIRTUAL_THREADS,
        new ServerConfiguration(
            extension.management(pages, settings, health),
            Bounds.of(Map.of("connections", MANAGEMENT_CONNECTIONS_MAX)),
            new FailureLog(),
            new ConnectionLimiter(TrustedProxies.NONE, Bounds.DEFAULT.clientConnectionsMax()),
            null));
  }

  /// How the server of these settings answers; a worker process answers the same.
  static ServerConfiguration configuration(
      Settings settings, Handler handler, Observer observer, @Nullable AccessLog log) {
    Settings.Proxies proxies = settings.proxies();
    Bounds bounds = settings.bounds();
    ConnectionLimiter limiter =
        new ConnectionLimiter(
            new TrustedProxies(proxies.trusted(), proxies.proxyProtocol()),
            bounds.clientConnectionsMax());
    return new ServerConfiguration(handler, bounds, observer, limiter, log);
  }

  /// The access log of these settings, or null if there is none. Any number of processes append to
  /// one file, because each writes whole lines at once.
  static @Nullable AccessLogWriter accessLog(Settings settings) throws StartException {
    if (settings.accessLog().isEmpty()) {
      return null;
    }
    Settings.AccessLog wanted = settings.accessLog().get();
    LogFormat format = wanted.json() ? LogFormat.json() : LogFormat.combined();
    try {
      return AccessLogWriter.start(
          wanted.file(), format, InstantSource.system(), settings.bounds().accessLogBytesMax());
    } catch (IOException failure) {
      throw new StartException(
          "cannot write to %s (%s); name another file by --access-log"
              .formatted(wanted.file(), failure.getMessage()));
    }
  }

  private boolean isReady() {
    boolean answers =
        !settings.handler().equals(Settings.FILES) || Files.isDirectory(settings.root());
    return !stopping && answers;
  }

  private ServerInstance listen(
      int port,
      String setting,
      int listeners,
      Settings.Model model,
      ServerConfiguration configuration)
      throws StartException {
    InetSocketAddress address = new InetSocketAddress(settings.listen(), port);
    try {
      return new ServerInstance(address, listeners, model, configuration);
    } catch (Network.AddressInUse taken) {
      throw new StartException(
          taken.getMessage() + " by another program; stop that, or choose another by " + setting);
    } catch (IOException failure) {
      throw new StartException(String.valueOf(failure.getMessage()));
    }
  }

  private void announce(ServerInstance listening) {
    LOG.log(
        System.Logger.Level.INFO,
        "listening on http://%s:%d/ with %s"
            .formatted(
                urlHost(settings.listen()), listening.address().getPort(), listening.model()));
  }

  /// An IPv6 address stands in brackets in a URL: RFC 3986 §3.2.2.
  private static String urlHost(String address) {
    boolean bare = address.indexOf(':') >= 0 && !address.startsWith("[");
    return bare ? "[" + address + "]" : address;
  }
}
