package io.tercet.http.program;

import io.tercet.http.file.ContentCache;
import io.tercet.http.handle.EchoHandler;
import io.tercet.http.handle.StaticFiles;
import io.tercet.http.handle.VirtualHosts;
import io.tercet.http.message.Handler;
import io.tercet.http.server.Platform;
import io.tercet.http.settings.Settings;
import io.tercet.http.site.FileService;
import io.tercet.http.site.ServiceToken;
import io.tercet.http.site.SitePuller;
import io.tercet.http.site.SiteRegistry;
import io.tercet.http.site.SiteStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What the server answers with: the files of the root and published sites, or a handler that the
/// settings name instead.
///
/// Threading: made, started and closed by one thread.
final class ServedContent implements AutoCloseable {
  private final Handler handler;
  private final @Nullable SitePuller puller;

  private ServedContent(Handler handler, @Nullable SitePuller puller) {
    this.handler = handler;
    this.puller = puller;
  }

  /// Makes the handler that the settings name. Sites that are stored here are served at once; news
  /// of them is not asked for before [#start].
  static ServedContent of(Settings settings, Extension extension) throws StartException {
    return switch (settings.handler()) {
      case Settings.FILES -> files(settings);
      case Settings.ECHO ->
          new ServedContent(new EchoHandler(settings.bounds().limits().bodyBytesMax()), null);
      default -> new ServedContent(extension.handler(settings.handler()), null);
    };
  }

  /// Answers requests.
  Handler handler() {
    return handler;
  }

  /// What pulls published sites, if they are served.
  Optional<SitePuller> puller() {
    return Optional.ofNullable(puller);
  }

  /// Begins to pull news of sites. Whatever the pulling thread reads must be there by now.
  void start() {
    if (puller != null) {
      puller.start();
    }
  }

  @Override
  public void close() {
    if (puller != null) {
      puller.close();
    }
  }

  private static ServedContent files(Settings settings) throws StartException {
    ContentCache cache = new ContentCache(settings.bounds().cache(), System::nanoTime);
    Handler root =
        new StaticFiles(
            Platform.files(settings.root()), cache, ServedContent::boundary, settings.files());
    if (settings.sites().isEmpty()) {
      return new ServedContent(root, null);
    }
    Settings.Sites from = settings.sites().get();
    SitePuller puller = puller(settings, from, cache);
    SiteRegistry sites = puller.sites();
    return new ServedContent(
        new VirtualHosts(from.domain(), sites::find, sites::isAwaited, root), puller);
  }

  private static SitePuller puller(Settings settings, Settings.Sites from, ContentCache cache)
      throws StartException {
    byte[] secret =
        SecretFile.read(
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
      SiteStore store = new SiteStore(from.store(), from.storeBytesMax());
      SitePuller puller =
          new SitePuller(
              new FileService(from.filesUrl(), token, threads),
              store,
              Platform.files(store.blobs()),
              tree ->
                  new StaticFiles(tree, cache, ServedContent::boundary, settings.files().ofSites()),
              settings.bounds().siteFilesMax(),
              InstantSource.system());
      puller.loadStored();
      return puller;
    } catch (IOException failure) {
      throw new StartException(
          "cannot keep copies of sites in %s (%s); set TERCET_DATA to a folder that may be written"
              .formatted(from.store(), failure.getMessage()));
    }
  }

  /// The line between the parts of a multipart response. Nobody can guess it, so it is in no file.
  private static String boundary() {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
