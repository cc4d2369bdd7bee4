package io.tercet.http.site;

import io.tercet.http.file.FileTree;
import io.tercet.http.message.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Keeps the sites that are served the same as those that are published.
///
/// One thread asks file-service for news (a long poll), fetches missing contents, and switches a
/// site when its new version is whole. While file-service is away, the sites stay as they are, and
/// the thread asks again after 0.5 s, then after twice as long, up to 10 s. Sites that were here
/// before a restart are served at once. A site that cannot be fetched, or for which there is no
/// room, is tried again by itself, and keeps no other back. Its contents go before those that no
/// site needs any more.
///
/// Use: [#loadStored], then [#start], which comes last: by then everything that the thread reads
/// must be there.
public final class SitePuller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SitePuller.class.getName());
  private static final Duration POLL = Duration.ofSeconds(20);

  /// While sites are fetched, the list is asked for again when it is this old.
  private static final Duration LIST_AGE_MAX = Duration.ofSeconds(1);

  private static final long LEFT_OUT_LINE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long BACK_OFF_MILLIS_MIN = 500;
  private static final long BACK_OFF_MILLIS_MAX = 10_000;

  private final FileService files;
  private final SiteStore store;
  private final SiteRegistry sites;
  private final PendingSites pending;
  private final Duration listAgeMax;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private long revision = -1;
  private boolean isMeasured;

  /// Whether the store may have contents that no site needs.
  private boolean hasUnused = true;

  /// Counts the stores of file-service that versions came from.
  private int origin;

  private long listAskedAt;
  private long leftOutLineAt = System.nanoTime() - LEFT_OUT_LINE_NANOS;

  /// @param blobs the contents in the store, as they are served
  /// @param serving answers for the files of a version
  /// @param filesMax how many files all sites together may have; past it a version is not served,
  ///     and the one before goes on
  /// @param clock tells since when a version is served
  public SitePuller(
      FileService files,
      SiteStore store,
      FileTree blobs,
      Function<FileTree, Handler> serving,
      int filesMax,
      InstantSource clock) {
    this(files, store, blobs, serving, filesMax, clock, LIST_AGE_MAX);
  }

  /// @param listAgeMax instead of a second
  SitePuller(
      FileService files,
      SiteStore store,
      FileTree blobs,
      Function<FileTree, Handler> serving,
      int filesMax,
      InstantSource clock,
      Duration listAgeMax) {
    this.listAgeMax = listAgeMax;
    this.files = files;
    this.store = store;
    this.sites =
        new SiteRegistry(
            manifest -> serving.apply(new SiteFileTree(manifest, blobs, clock.instant())),
            filesMax);
    this.pending = new PendingSites(System::nanoTime);
    this.thread = Thread.ofPlatform().name("sites").daemon().unstarted(this::pull);
  }

  /// The sites that it keeps.
  public SiteRegistry sites() {
    return sites;
  }

  /// Where it keeps their contents.
  public SiteStore store() {
    return store;
  }

  /// How many sites wait to be fetched, for the first time or in another version.
  public int pendingCount() {
    return pending.count();
  }

  /// How many of these are left out, because there is no room for them.
  public int leftOutCount() {
    return pending.leftOutCount();
  }

  /// Shows the sites that the store has whole, before news of them is asked for. If there is room
  /// for less than before, some are left out.
  ///
  /// @throws IOException if the store cannot be read
  public void loadStored() throws IOException {
    long bytes = 0;
    for (Manifest manifest : store.load()) {
      long more = bytes + manifest.bytesOnDisk();
      try {
        sites.checkRoom(manifest);
        if (more > store.bytesMax()) {
          throw new NoRoomException("TERCET_SITES_DISK is less than what is stored");
        }
        sites.show(manifest);
        bytes = more;
      } catch (NoRoomException noRoom) {
        logLeftOut(manifest.of(), noRoom);
      }
    }
  }

  /// Begins to pull.
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
  }

  /// Waits for the end of what [#close] interrupted.
  void join() {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void pull() {
    long backOffMillis = BACK_OFF_MILLIS_MIN;
    boolean away = false;
    try {
      while (closing.getCount() > 0) {
        try {
          follow();
          if (away) {
            LOG.log(System.Logger.Level.INFO, "reached file-service again");
            pending.retryNow();
          }
          away = false;
          backOffMillis = BACK_OFF_MILLIS_MIN;
        } catch (IOException | RuntimeException failure) {
          if (!away && closing.getCount() > 0) {
            logAway(failure);
          }
          away = true;
          closing.await(backOffMillis, TimeUnit.MILLISECONDS);
          backOffMillis = Math.min(2 * backOffMillis, BACK_OFF_MILLIS_MAX);
        }
      }
    } catch (InterruptedException closed) {
      LOG.log(System.Logger.Level.DEBUG, "pull ended");
    }
  }

  private void logAway(Exception failure) {
    String others = sites.isListRead() ? "" : "; any other site is answered 503";
    LOG.log(
        System.Logger.Level.WARNING,
        "pull sites failed, serving " + sites.count() + " as they are" + others + ": " + failure);
  }

  /// Waits for news or until a site is due, and makes what is served the same as what is listed.
  private void follow() throws IOException, InterruptedException {
    if (!isMeasured) {
      store.measure();
      isMeasured = true;
    }
    long untilDue = pending.nanosUntilDue();
    if (untilDue < TimeUnit.SECONDS.toNanos(1)) {
      // file-service waits whole seconds.
      closing.await(untilDue, TimeUnit.NANOSECONDS);
    }
    Duration wait = Duration.ofNanos(Math.min(pending.nanosUntilDue(), POLL.toNanos()));
    boolean news = look(wait);
    fetchDue();
    long tookNanos = System.nanoTime() - listAskedAt;
    if (!news && wait.toSeconds() > 0 && tookNanos < BACK_OFF_MILLIS_MIN * 1_000_000) {
      // It was to wait until there is news; it must not make us turn in circles.
      closing.await(BACK_OFF_MILLIS_MIN, TimeUnit.MILLISECONDS);
    }
  }

  /// Asks for the list, and takes it over if it is news; whether it was.
  private boolean look(Duration wait) throws IOException, InterruptedException {
    listAskedAt = System.nanoTime();
    FileService.Listing listing = files.sites(revision, wait);
    boolean news = listing.revision() != revision;
    if (news) {
      take(listing);
    }
    return news;
  }

  private boolean isListOld() {
    return System.nanoTime() - listAskedAt > listAgeMax.toNanos();
  }

  /// Takes down what is not listed, and sees what must be fetched.
  ///
  /// A revision that is not newer than ours comes from another store: then nothing that we know by
  /// version counts.
  private void take(FileService.Listing listing) throws IOException {
    boolean trusted = revision >= 0 && listing.revision() > revision;
    boolean first = !sites.isListRead();
    if (!trusted) {
      origin++;
    }
    Set<String> listed = new HashSet<>();
    for (SiteVersion version : listing.sites()) {
      listed.add(version.site());
      if (!trusted || !sites.has(version)) {
        pending.add(version);
      }
    }
    pending.retain(listed);
    sites.publish(listed);
    for (String site : sites.names()) {
      if (!listed.contains(site)) {
        sites.hide(site);
        LOG.log(System.Logger.Level.INFO, "took down site=" + site);
      }
    }
    store.forgetAllBut(listed);
    hasUnused = true;
    revision = listing.revision();
    if (first) {
      LOG.log(
          System.Logger.Level.INFO,
          "read the list of sites: published=%d served=%d pending=%d"
              .formatted(listed.size(), sites.count(), pending.count()));
    }
  }

  /// Fetches what is due, until the first failure: then file-service may be away.
  private void fetchDue() throws IOException, InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      if (isListOld()) {
        look(Duration.ZERO);
      }
      Optional<SiteVersion> next = pending.next();
      goesOn = next.isPresent() && fetched(next.get());
    }
    if (hasUnused && pending.count() == pending.leftOutCount()) {
      // Only now: contents of a site that is half here would have to be fetched again.
      store.sweep(sites::contents);
      hasUnused = false;
    }
  }

  private boolean fetched(SiteVersion version) throws InterruptedException {
    try {
      fetch(version);
      return true;
    } catch (NoRoomException noRoom) {
      pending.leaveOut(version);
      logLeftOut(version, noRoom);
      return true;
    } catch (IOException | UncheckedIOException failed) {
      if (pending.retryLater(version) && closing.getCount() > 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "fetch site=%s version=%d failed, tries again: %s"
                .formatted(version.site(), version.version(), failed));
      }
      return false;
    }
  }

  /// Says so once a minute: a server that is full leaves out one site after the other.
  private void logLeftOut(SiteVersion version, NoRoomException noRoom) {
    long now = System.nanoTime();
    if (closing.getCount() > 0 && now - leftOutLineAt >= LEFT_OUT_LINE_NANOS) {
      leftOutLineAt = now;
      LOG.log(
          System.Logger.Level.WARNING,
          "left out site=%s version=%d leftOut=%d: %s"
              .formatted(
                  version.site(),
                  version.version(),
                  Math.max(1, pending.leftOutCount()),
                  noRoom.getMessage()));
    }
  }

  private void fetch(SiteVersion version) throws IOException, InterruptedException {
    long from = System.nanoTime();
    int wantedFrom = origin;
    Manifest manifest = files.manifest(version);
    sites.checkRoom(manifest);
    List<Manifest.File> missing = store.missing(manifest);
    makeRoom(manifest, missing);
    for (Manifest.File file : missing) {
      if (isListOld()) {
        look(Duration.ZERO);
      }
      if (origin != wantedFrom || !pending.wants(version)) {
        // Another version was published meanwhile, or none.
        return;
      }
      hasUnused = true;
      try (InputStream bytes = files.blob(file)) {
        store.add(file, bytes);
      }
    }
    store.keep(manifest);
    sites.show(manifest);
    hasUnused = true;
    pending.remove(version);
    LOG.log(
        System.Logger.Level.INFO,
        "shows site=%s version=%d files=%d fetched=%d after %d ms"
            .formatted(
                version.site(),
                version.version(),
                manifest.files().size(),
                missing.size(),
                (System.nanoTime() - from) / 1_000_000));
  }

  /// Deletes what no site needs, if there is no room otherwise.
  private void makeRoom(Manifest manifest, List<Manifest.File> missing) throws IOException {
    try {
      store.checkRoom(manifest, missing);
    } catch (NoRoomException noRoom) {
      if (!hasUnused) {
        throw noRoom;
      }
      store.sweep(twoDigits -> {
        Set<String> needed = sites.contents(twoDigits);
        manifest.addContents(twoDigits, needed);
        return needed;
      });
      store.checkRoom(manifest, missing);
    }
  }
}
