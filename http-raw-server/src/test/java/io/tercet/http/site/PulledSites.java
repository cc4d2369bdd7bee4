package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.file.FileTree;
import io.tercet.http.handle.StaticFiles;
import io.tercet.http.handle.VirtualHosts;
import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.posix.file.PosixFileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server that pulls sites from a fake file-service, and what its visitors get.
abstract class PulledSites {
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path data;
  FakeFileService fileService;
  final ContentCache cache = new ContentCache(ContentCache.Settings.DEFAULT, System::nanoTime);
  final List<WeakReference<FileTree>> trees = new CopyOnWriteArrayList<>();
  final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
  int filesMax = 100;
  long bytesMax = 1 << 30;
  Duration listAgeMax = Duration.ofSeconds(1);
  SitePuller puller;
  private Handler handler;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void startFileService() throws IOException {
    fileService = new FakeFileService();
  }

  @AfterEach
  void stopAll() {
    stop();
    fileService.close();
    threads.shutdownNow();
  }

  /// Where the copies are.
  Path folder() {
    return data.resolve("pages");
  }

  void start() throws IOException {
    prepare();
    puller.start();
  }

  void prepare() throws IOException {
    SiteStore store = new SiteStore(folder(), bytesMax);
    ServiceToken token = new ServiceToken(SECRET.getBytes(UTF_8), InstantSource.system());
    puller =
        new SitePuller(
            new FileService(fileService.url(), token, threads),
            store,
            new PosixFileTree(store.blobs()),
            this::serving,
            filesMax,
            clock::get,
            listAgeMax);
    puller.loadStored();
    handler =
        new VirtualHosts(
            "pages.example",
            puller.sites()::find,
            puller.sites()::isAwaited,
            request -> Response.empty(Status.NO_CONTENT, Fields.NONE));
  }

  private Handler serving(FileTree tree) {
    trees.add(new WeakReference<>(tree));
    return new StaticFiles(tree, cache, () -> "boundary", FileServingOptions.DEFAULT.ofSites());
  }

  void stop() {
    if (puller != null) {
      puller.close();
      puller.join();
    }
  }

  String get(String site, String path, String... namesAndValues) {
    Response response =
        handler.handle(Request.get(site + ".pages.example:8080", path, namesAndValues));
    String body =
        response.body() instanceof Body.Bytes(byte[] bytes) ? new String(bytes, UTF_8) : "?";
    return response.status().code() + " " + body;
  }

  Response ask(String site, String path, String name, String value) {
    String host = site + ".pages.example:8080";
    return handler.handle(Request.get(host, path, "Host", host, name, value));
  }

  long blobs() {
    try (Stream<Path> files = Files.walk(folder().resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException changing) {
      return -1;
    }
  }
}
