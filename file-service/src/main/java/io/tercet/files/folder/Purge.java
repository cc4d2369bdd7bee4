package io.tercet.files.folder;

import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.Catalog;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Removes for good what was deleted: its rows in many small transactions, between which others
/// write, and then the contents that nothing uses any more.
///
/// Bins are emptied of what is older than [FolderSettings#binLife]; of everything while the disk
/// is nearly full. What a kill interrupts goes on after the next start: the rows say what is left.
///
/// - Threading: one run at a time, by the scheduler.
@Component
class Purge {
  private static final Logger log = LoggerFactory.getLogger(Purge.class);

  private final Catalog catalog;
  private final BlobStore blobs;
  private final FolderSettings settings;
  private final Clock clock;
  private volatile boolean failing;

  Purge(Catalog catalog, BlobStore blobs, FolderSettings settings, Clock clock) {
    this.catalog = catalog;
    this.blobs = blobs;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${tercet.files.folder.purge-pause}")
  void run() {
    try {
      emptyBins();
      removeAll();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("cannot remove what was deleted: {}", e.toString());
      }
      failing = true;
    }
  }

  private void emptyBins() {
    Instant now = clock.instant();
    Instant before = blobs.isNearlyFull() ? now : now.minus(settings.binLife());
    if (catalog.read(tree -> tree.binHolds(before))) {
      int rows;
      do {
        rows = catalog.writeToFree(tree -> tree.emptyBins(before, settings.purgeRows()));
      } while (rows == settings.purgeRows());
    }
  }

  private void removeAll() {
    while (catalog.read(tree -> tree.isPurging()) && !Thread.currentThread().isInterrupted()) {
      catalog.writeToFree(tree -> tree.purgeSome(settings.purgeRows()));
    }
  }
}
