package io.tercet.files.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.files.blob.BlobStore;
import io.tercet.files.blob.BlobWalk;
import io.tercet.files.catalog.Catalog;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Deletes old versions, and removes contents that neither a version nor a site uses.
///
/// Triggers of the catalogue note every content that loses a reference. A content without a note
/// was left by a kill between its bytes and its row; a slow walk over the disk finds it. A content
/// is removed inside a write transaction that has looked for references, and never while it is
/// pinned by an upload. One transaction looks at one page.
///
/// - Threading: guarded by `lock`; the scheduler runs it.
@Component
@EnableConfigurationProperties(SweepSettings.class)
class Sweeper {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private final Catalog catalog;
  private final BlobStore blobs;
  private final SweepSettings settings;
  private final Clock clock;
  private final Counter removed;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable BlobWalk walk;
  private Instant nextWalk = Instant.EPOCH;
  private volatile Instant lastRun;

  Sweeper(
      Catalog catalog, BlobStore blobs, SweepSettings settings, Clock clock, MeterRegistry meters) {
    this.catalog = catalog;
    this.blobs = blobs;
    this.settings = settings;
    this.clock = clock;
    this.lastRun = clock.instant();
    this.removed =
        Counter.builder("tercet.sweep.removed")
            .description("Contents that were looked at for removal and had no reference")
            .register(meters);
  }

  /// When the last run ended well; at first, when this was made.
  Instant lastRun() {
    return lastRun;
  }

  @Scheduled(fixedDelayString = "${tercet.files.sweep.pause}")
  void run() {
    lock.lock();
    try {
      deleteOldVersions();
      removeReleased();
      removeStrays();
      lastRun = clock.instant();
    } catch (IOException | RuntimeException e) {
      log.warn("cannot remove what is not used: {}", e.toString());
    } finally {
      lock.unlock();
    }
  }

  private void deleteOldVersions() {
    Instant moment = clock.instant().minus(settings.versionLife());
    if (catalog.read(tree -> new SweepRows(tree.jdbc()).hasVersionsReplacedBefore(moment))) {
      catalog.writeToFree(
          tree -> new SweepRows(tree.jdbc()).deleteVersionsReplacedBefore(moment, settings.page()));
    }
  }

  private void removeReleased() {
    List<String> released;
    do {
      released = catalog.read(tree -> new SweepRows(tree.jdbc()).released(settings.page()));
      remove(released);
    } while (released.size() == settings.page() && !Thread.currentThread().isInterrupted());
  }

  private void removeStrays() throws IOException {
    Instant now = clock.instant();
    if (walk == null && now.isBefore(nextWalk)) {
      return;
    }
    if (walk == null) {
      walk = blobs.walk();
      nextWalk = now.plus(settings.round());
    }
    List<String> old = walk.next(settings.page(), now.minus(settings.grace()));
    if (old == null) {
      closeWalk();
    } else {
      remove(
          catalog.read(tree -> {
            SweepRows rows = new SweepRows(tree.jdbc());
            return old.stream().filter(sha256 -> !rows.isUsed(sha256)).toList();
          }));
    }
  }

  private void remove(List<String> contents) {
    if (contents.isEmpty()) {
      return;
    }
    int count =
        catalog.writeToFree(tree -> {
          SweepRows rows = new SweepRows(tree.jdbc());
          int unused = 0;
          for (String sha256 : contents) {
            if (blobs.removeUnless(sha256, () -> rows.isUsed(sha256))) {
              unused++;
            }
            rows.forgetReleased(sha256);
          }
          return unused;
        });
    removed.increment(count);
    if (count > 0) {
      log.info("removed contents count={}", count);
    }
  }

  private void closeWalk() throws IOException {
    if (walk != null) {
      walk.close();
      walk = null;
    }
  }

  @PreDestroy
  void close() {
    lock.lock();
    try {
      closeWalk();
    } catch (IOException e) {
      throw new UncheckedIOException("a walk over the disk cannot be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
