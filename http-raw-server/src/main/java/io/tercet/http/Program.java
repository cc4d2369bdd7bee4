package io.tercet.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.EventLoops;
import io.tercet.http.concurrency.Server;
import io.tercet.http.concurrency.VirtualThreads;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.Protocol;
import io.tercet.http.handle.ContentCache;
import io.tercet.http.handle.StaticFiles;
import io.tercet.http.handle.VirtualHosts;
import io.tercet.http.message.Handler;
import io.tercet.http.metrics.Figures;
import io.tercet.http.metrics.Management;
import io.tercet.http.posix.PosixFileTree;
import io.tercet.http.posix.PosixNetwork;
import io.tercet.http.readiness.Network;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The running program: the server of pages, and the one for operators.
final class Program {
  private static final System.Logger LOG = System.getLogger(Program.class.getName());
  private static final int MANAGEMENT_CONNECTIONS_MAX = 64;

  private final Settings settings;
  private final Network network = new PosixNetwork();
  private final HeadRenderer renderer = new HeadRenderer(new HttpDate(InstantSource.system()));
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Server> servers = new ArrayList<>();
  private @Nullable SitePuller puller;
  private volatile boolean stopping;

  private Program(Settings settings) {
    this.settings = settings;
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

  /// Finishes what has begun, within the bound that is set.
  void stop() {
    stopping = true;
    long from = System.nanoTime();
    boolean all = true;
    for (Server server : servers.reversed()) {
      all &= server.stop(settings.drain());
    }
    if (puller != null) {
      puller.close();
    }
    long tookMillis = (System.nanoTime() - from) / 1_000_000;
    LOG.log(
        System.Logger.Level.INFO,
        "stopped " + (all ? "drained" : "cut-off") + " after " + tookMillis + " ms");
  }

  private void serve() throws CannotStart {
    if (settings.rootMustExist() && !Files.isDirectory(settings.root())) {
      throw new CannotStart(settings.root() + " is not a folder; name the folder to serve");
    }
    int cores = Runtime.getRuntime().availableProcessors();
    Protocol pages = protocol(pages(), new Figures(registry), settings.bounds());
    open(settings.port(), cores, model(pages), "--port or TERCET_PAGES_PORT");
    if (settings.managementPort().isPresent()) {
      Handler management = new Management(registry, this::isReady);
      Protocol protocol = protocol(management, Observer.none(), Bounds.DEFAULT);
      open(
          settings.managementPort().get(),
          1,
          new VirtualThreads(protocol, network.poller(), MANAGEMENT_CONNECTIONS_MAX),
          "--management-port or TERCET_PAGES_MANAGEMENT_PORT");
    }
  }

  private Handler pages() throws CannotStart {
    ContentCache cache = new ContentCache(settings.bounds().cache(), System::nanoTime);
    Handler root =
        new StaticFiles(
            new PosixFileTree(settings.root()), cache, Program::boundary, settings.files());
    if (settings.sites().isEmpty()) {
      return root;
    }
    Settings.Sites from = settings.sites().get();
    Sites sites = pulled(from, cache).sites();
    registry.gauge("tercet.http.sites", sites, Sites::count);
    return new VirtualHosts(from.domain(), sites::find, root);
  }

  private SitePuller pulled(Settings.Sites from, ContentCache cache) throws CannotStart {
    ServiceToken token = token(from.secretFile());
    Executor threads =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("file-service-", 0).daemon().factory());
    try {
      SiteStore store = new SiteStore(from.store());
      puller =
          new SitePuller(
              new FileService(from.filesUrl(), token, threads),
              store,
              new PosixFileTree(store.blobs()),
              tree -> new StaticFiles(tree, cache, Program::boundary, settings.files().ofSites()));
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

  private static ServiceToken token(Path file) throws CannotStart {
    String what;
    try {
      return ServiceToken.fromFile(file, InstantSource.system());
    } catch (IOException unreadable) {
      what = "cannot be read";
    } catch (IllegalArgumentException tooShort) {
      what = "is " + tooShort.getMessage();
    }
    throw new CannotStart(
        "the service secret "
            + file
            + " "
            + what
            + "; `make run` makes one, or set TERCET_SERVICE_SECRET_FILE,"
            + " or name a folder to serve without sites");
  }

  private boolean isReady() {
    return !stopping && Files.isDirectory(settings.root());
  }

  private ConcurrencyModel model(Protocol protocol) {
    int connectionsMax = settings.bounds().connectionsMax();
    return switch (settings.model()) {
      case EPOLL ->
          new EventLoops(settings.model().word(), protocol, network::poller, connectionsMax);
      case VIRTUAL_THREADS -> new VirtualThreads(protocol, network.poller(), connectionsMax);
    };
  }

  private Protocol protocol(Handler handler, Observer observer, Bounds bounds) {
    return new Protocol(handler, bounds.limits(), bounds.deadlines(), renderer, observer);
  }

  private void open(int port, int listeners, ConcurrencyModel model, String setting)
      throws CannotStart {
    InetSocketAddress address = new InetSocketAddress(settings.listen(), port);
    try {
      Server server = Server.start(network, address, listeners, settings.bounds().backlog(), model);
      servers.add(server);
      LOG.log(
          System.Logger.Level.INFO,
          "listening on http://%s:%d/ with %s"
              .formatted(settings.listen(), server.address().getPort(), server.model()));
    } catch (Network.AddressInUse taken) {
      throw new CannotStart(
          taken.getMessage() + " by another program; stop that, or choose another by " + setting);
    } catch (IOException failure) {
      throw new CannotStart(failure.getMessage());
    }
  }

  /// The line between the parts of a multipart response: in no file, because nobody can guess it.
  private static String boundary() {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
