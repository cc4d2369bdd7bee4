package io.tercet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tercet.http.access.LineFormat;
import io.tercet.http.access.LogWriter;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.Server;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.file.ContentCache;
import io.tercet.http.handle.EchoHandler;
import io.tercet.http.handle.StaticFiles;
import io.tercet.http.handle.VirtualHosts;
import io.tercet.http.lab.ComputingHandler;
import io.tercet.http.lab.LivePage;
import io.tercet.http.lab.ModelSwap;
import io.tercet.http.lab.Token;
import io.tercet.http.lab.WaitingHandler;
import io.tercet.http.message.Handler;
import io.tercet.http.metrics.AnswerTimes;
import io.tercet.http.metrics.Figures;
import io.tercet.http.metrics.Management;
import io.tercet.http.readiness.Network;
import io.tercet.http.settings.Bounds;
import io.tercet.http.settings.Settings;
import io.tercet.http.site.FileService;
import io.tercet.http.site.ServiceToken;
import io.tercet.http.site.SitePuller;
import io.tercet.http.site.SiteStore;
import io.tercet.http.site.Sites;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The running program: the server of pages, and the one for operators.
final class Program {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());
  private static final int MANAGEMENT_CONNECTIONS_MAX = 64;

  /// What the lab's handlers take: a usual answer of a database, and about 2 ms of a core.
  private static final Duration WAIT = Duration.ofMillis(10);

  private static final int COMPUTE_ROUNDS = 25_000;

  private final Settings settings;
  private final Network network;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private @Nullable Server server;
  private @Nullable HttpServer management;
  private @Nullable LogWriter accessLog;
  private @Nullable SitePuller puller;
  private volatile boolean stopping;

  private Program(Settings settings) {
    this.settings = settings;
    network = OperatingSystem.network();
  }

  static Program start(Settings settings) throws CannotStart {
    Program program = new Program(settings);
    try {
      program.serve();
    } catch (CannotStart cause) {
      program.stop();
      throw cause;
    }
    return program;
  }

  /// Finishes what has begun, within the bound that is set. Management is last, so that whoever
  /// asks for health meanwhile learns that nothing more should be sent here.
  void stop() {
    stopping = true;
    long from = System.nanoTime();
    boolean all = server == null || server.stop(settings.drain());
    if (management != null) {
      Duration left = settings.drain().minusNanos(System.nanoTime() - from);
      all &= management.stop(left.isNegative() ? Duration.ZERO : left);
    }
    if (puller != null) {
      puller.close();
    }
    if (accessLog != null) {
      accessLog.close();
    }
    long tookMillis = (System.nanoTime() - from) / 1_000_000;
    LOG.log(
        System.Logger.Level.INFO,
        "stopped " + (all ? "drained" : "cut-off") + " after " + tookMillis + " ms");
  }

  /// What a worker serves: the same pages, told to another observer and log, and neither a port nor
  /// management.
  static ServerContext pagesFor(Settings settings, Observer observer, @Nullable AccessLog log)
      throws CannotStart {
    Program program = new Program(settings);
    return program.protocol(program.handler(), observer, log);
  }

  private void serve() throws CannotStart {
    if (settings.rootMustExist() && !Files.isDirectory(settings.root())) {
      throw new CannotStart(settings.root() + " is not a folder; name the folder to serve");
    }
    if (!OperatingSystem.hasCalls()) {
      LOG.log(
          System.Logger.Level.INFO,
          "no select, poll and epoll here: selectors of Java stand in for them");
    }
    int cores = Runtime.getRuntime().availableProcessors();
    LogWriter log = accessLog(settings);
    accessLog = log;
    if (log != null) {
      FunctionCounter.builder("tercet.http.access.log.dropped", log, LogWriter::dropped)
          .description("Lines of the access log that were never written")
          .register(registry);
    }
    Figures figures = new Figures(registry, new Failures());
    AnswerTimes times = new AnswerTimes(log);
    ServerContext pages = protocol(handler(), figures, isLive() ? times : log);
    Capacity capacity = new Capacity(settings.bounds().connectionsMax());
    Models models = new Models(network, pages, capacity, settings.bounds().pool());
    Server serving = open(cores, models);
    server = serving;
    if (settings.managementPort().isPresent()) {
      manage(
          settings.managementPort().get(), management(new Live(serving, models, figures, times)));
    }
  }

  /// Whether there is a page that shows the running server, so that answers are timed for it.
  private boolean isLive() {
    return settings.managementPort().isPresent() && settings.managementTokenFile().isPresent();
  }

  private Handler management(Live live) throws CannotStart {
    Handler health = new Management(registry, this::isReady);
    if (settings.managementTokenFile().isEmpty()) {
      return health;
    }
    byte[] secret =
        secret(
            "the management token",
            settings.managementTokenFile().get(),
            Token.BYTES_MIN,
            "write a long random line into it");
    return new ModelSwap(live, new Token(secret), new LivePage(live, health));
  }

  private void manage(int port, Handler handler) throws CannotStart {
    Bounds few = Bounds.DEFAULT.withConnections(MANAGEMENT_CONNECTIONS_MAX);
    HttpServer.Builder builder =
        HttpServer.answering(handler)
            .address(settings.listen())
            .port(port)
            .model(Settings.Model.VIRTUAL_THREADS)
            .listeners(1)
            .bounds(few)
            .observer(new Failures());
    try {
      management = builder.start();
    } catch (IOException failure) {
      throw cannotListen(failure, "--management-port or TERCET_PAGES_MANAGEMENT_PORT");
    }
    tellOf(management.address(), management.model());
  }

  /// The access log that is set, if one is. Any number of processes append to one file: each writes
  /// whole lines at once.
  static @Nullable LogWriter accessLog(Settings settings) throws CannotStart {
    if (settings.accessLog().isEmpty()) {
      return null;
    }
    Settings.AccessLog wanted = settings.accessLog().get();
    LineFormat format = wanted.json() ? LineFormat.json() : LineFormat.combined();
    try {
      return LogWriter.start(
          wanted.file(), format, InstantSource.system(), settings.bounds().accessLogBytesMax());
    } catch (IOException failure) {
      throw new CannotStart(
          "cannot write to %s (%s); name another file by --access-log"
              .formatted(wanted.file(), failure.getMessage()));
    }
  }

  private Handler handler() throws CannotStart {
    return switch (settings.answers()) {
      case FILES -> pages();
      case ECHO -> new EchoHandler(settings.bounds().limits().bodyBytesMax());
      case WAIT -> new WaitingHandler(WAIT);
      case COMPUTE -> new ComputingHandler(COMPUTE_ROUNDS);
    };
  }

  private Handler pages() throws CannotStart {
    ContentCache cache = new ContentCache(settings.bounds().cache(), System::nanoTime);
    Handler root =
        new StaticFiles(
            OperatingSystem.files(settings.root()), cache, Program::boundary, settings.files());
    if (settings.sites().isEmpty()) {
      return root;
    }
    Settings.Sites from = settings.sites().get();
    Sites sites = pulled(from, cache).sites();
    registry.gauge("tercet.http.sites", sites, Sites::count);
    return new VirtualHosts(from.domain(), sites::find, root);
  }

  private SitePuller pulled(Settings.Sites from, ContentCache cache) throws CannotStart {
    byte[] secret =
        secret(
            "the service secret",
            from.secretFile(),
            ServiceToken.SECRET_BYTES_MIN,
            "`make run` makes one, or set TERCET_SERVICE_SECRET_FILE,"
                + " or name a folder to serve without sites");
    ServiceToken token = new ServiceToken(secret, InstantSource.system());
    Executor threads =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("file-service-", 0).daemon().factory());
    try {
      SiteStore store = new SiteStore(from.store());
      puller =
          new SitePuller(
              new FileService(from.filesUrl(), token, threads),
              store,
              OperatingSystem.files(store.blobs()),
              tree -> new StaticFiles(tree, cache, Program::boundary, settings.files().ofSites()),
              settings.bounds().siteFilesMax(),
              InstantSource.system());
      puller.start();
      return puller;
    } catch (IOException failure) {
      throw new CannotStart(
          "cannot keep copies of sites in "
              + from.store()
              + " ("
              + failure.getMessage()
              + "); set TERCET_DATA to a folder that may be written");
    }
  }

  /// The single line of a file, which is a secret.
  private static byte[] secret(String whose, Path file, int bytesMin, String remedy)
      throws CannotStart {
    String what = "is shorter than " + bytesMin + " bytes";
    try {
      byte[] secret = Files.readString(file).strip().getBytes(UTF_8);
      if (secret.length >= bytesMin) {
        return secret;
      }
    } catch (IOException unreadable) {
      what = "cannot be read";
    }
    throw new CannotStart("%s %s %s; %s".formatted(whose, file, what, remedy));
  }

  private boolean isReady() {
    boolean answers =
        settings.answers() != Settings.Answers.FILES || Files.isDirectory(settings.root());
    return !stopping && answers;
  }

  private ServerContext protocol(Handler handler, Observer observer, @Nullable AccessLog log) {
    Bounds bounds = settings.bounds();
    Settings.Proxies proxies = settings.proxies();
    ConnectionLimiter callers =
        new ConnectionLimiter(
            new TrustedProxies(proxies.trusted(), proxies.proxyProtocol()),
            bounds.clientConnectionsMax());
    return HttpServer.protocol(handler, bounds, observer, callers, log);
  }

  private Server open(int listeners, Models models) throws CannotStart {
    InetSocketAddress address = new InetSocketAddress(settings.listen(), settings.port());
    try {
      ConcurrencyModel model = models.make(settings.model());
      Server opened = Server.start(network, address, listeners, settings.bounds().backlog(), model);
      tellOf(opened.address(), opened.model().name());
      return opened;
    } catch (IOException failure) {
      throw cannotListen(failure, "--port or TERCET_PAGES_PORT");
    }
  }

  private void tellOf(InetSocketAddress address, String model) {
    String listen = settings.listen();
    boolean bare = listen.indexOf(':') >= 0 && !listen.startsWith("[");
    LOG.log(
        System.Logger.Level.INFO,
        "listening on http://%s:%d/ with %s"
            .formatted(bare ? "[" + listen + "]" : listen, address.getPort(), model));
  }

  private static CannotStart cannotListen(IOException failure, String setting) {
    boolean taken = failure instanceof Network.AddressInUse;
    return new CannotStart(
        taken
            ? failure.getMessage()
                + " by another program; stop that, or choose another by "
                + setting
            : failure.getMessage());
  }

  /// The line between the parts of a multipart response: in no file, because nobody can guess it.
  private static String boundary() {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
