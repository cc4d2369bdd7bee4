package io.tercet.files.site;

import io.tercet.files.catalog.Catalog;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Who may write versions of sites now, and which of them are kept.
///
/// - Threading: safe; one writes, the others wait their turn.
@Component
class SiteVersions {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Catalog catalog;
  private final SiteSettings settings;
  private final Semaphore turn = new Semaphore(1, true);

  SiteVersions(Catalog catalog, SiteSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  /// Runs work while nobody else writes versions.
  ///
  /// - Errors: `service-unavailable` if the turn does not come in time.
  <T> T exclusively(Supplier<T> work) {
    if (!takeTurn()) {
      throw ProblemException.retry(
          ProblemType.SERVICE_UNAVAILABLE, "Many publish at once.", RETRY_AFTER);
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private boolean takeTurn() {
    try {
      return turn.tryAcquire(settings.turnMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Deletes what is kept of no site any more, a few files in each transaction.
  void tidyAll() {
    Optional<SiteRows.Row> site;
    do {
      site =
          exclusively(() -> {
            Optional<SiteRows.Row> next = catalog.read(tree -> new SiteRows(tree.jdbc()).untidy());
            next.ifPresent(this::tidy);
            return next;
          });
    } while (site.isPresent());
  }

  /// Deletes the versions of a site that are not kept. Call it [#exclusively].
  void tidy(SiteRows.Row site) {
    int first = site.isPublished() ? site.version() - 1 : Integer.MAX_VALUE;
    int last = site.isPublished() ? site.version() : Integer.MAX_VALUE;
    int deleted;
    do {
      deleted =
          catalog.writeToFree(tree ->
              new SiteRows(tree.jdbc()).deleteOutside(site.name(), first, last, settings.batch()));
    } while (deleted == settings.batch());
    catalog.writeToFree(tree -> new SiteRows(tree.jdbc()).setTidy(site));
  }
}
