package io.tercet.files.site;

import io.tercet.files.access.AccessControl;
import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Publishes folders as sites, and lists the sites for http-raw-server.
///
/// A version is the list of the files of a folder at one moment. It is written in one transaction
/// and never changes, so a visitor sees one version or the next and never a mixture. The version
/// before the newest is kept for requests that still read it.
///
/// - Threading: safe.
@Component
@EnableConfigurationProperties(SiteSettings.class)
public final class Sites {
  private static final Logger log = LoggerFactory.getLogger(Sites.class);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final AccessControl access;
  private final Catalog catalog;
  private final BlobStore blobs;
  private final SiteChanges changes;
  private final SiteSettings settings;

  Sites(
      AccessControl access,
      Catalog catalog,
      BlobStore blobs,
      SiteChanges changes,
      SiteSettings settings) {
    this.access = access;
    this.catalog = catalog;
    this.blobs = blobs;
    this.changes = changes;
    this.settings = settings;
  }

  /// The folder to publish, and its path as the publisher writes it.
  public record Source(Space space, FilePath folder, String text) {}

  /// A site, and whether it was not there before.
  public record Publication(Site site, boolean created) {}

  /// Publishes the current files of a folder as the next version of a site.
  ///
  /// - Errors: `guests-not-allowed`, `invalid-name`, `name-taken`, `file-not-found`, `too-large`,
  ///   and `invalid-request` if the folder has no index.html.
  public Publication publish(Person person, String name, Source source) {
    checkGuest(person);
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_NAME,
          "A site's name has 1 to 63 of a-z, 0-9 and -, and no - at an end.");
    }
    access.check(person, source.space());
    Publication done = catalog.write(tree -> publish(tree, person, name, source));
    changes.signal();
    log.info(
        "published site={} version={} person={}", name, done.site().version(), person.personId());
    return done;
  }

  private Publication publish(Tree tree, Person person, String name, Source source) {
    SiteRows rows = new SiteRows(tree.jdbc());
    SiteRows.Row before = rows.find(name).orElse(null);
    if (before != null && !before.isOwnedBy(person)) {
      throw new ProblemException(ProblemType.NAME_TAKEN, "Choose another name.");
    }
    List<Item.File> files = tree.filesBelow(source.space(), source.folder(), settings.filesMax());
    if (files.stream().noneMatch(file -> file.path().toString().equals("index.html"))) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Put an index.html into the folder first.");
    }
    checkFileLimit(rows.filesOfOthers(name), files.size());
    int version = before == null ? 1 : before.version() + 1;
    rows.save(name, person, source.text(), version, tree.now());
    files.forEach(file -> rows.addFile(name, version, file));
    rows.deleteBefore(name, version - 1);
    rows.countChange();
    boolean created = before == null || before.publishedAt() == null;
    return new Publication(site(name, source.text(), version, tree.now()), created);
  }

  private void checkFileLimit(long others, int files) {
    if (others + files > settings.allFilesMax()) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "All sites together may have %d files. The others have %d, this one %d: take one down."
              .formatted(settings.allFilesMax(), others, files));
    }
  }

  /// The sites that a person has published.
  public List<Site> of(Person person) {
    return catalog.read(tree ->
        new SiteRows(tree.jdbc())
            .publishedBy(person.personId()).stream()
                .map(row ->
                    site(
                        row.name(),
                        row.folder(),
                        row.version(),
                        row.publishedAt() == null ? Instant.EPOCH : row.publishedAt()))
                .toList());
  }

  /// Takes a site down. Its name stays reserved for its owner.
  ///
  /// - Errors: `site-not-found`, also for a site of another person.
  public void takeDown(Person person, String name) {
    List<String> freed =
        catalog.write(tree -> {
          SiteRows rows = new SiteRows(tree.jdbc());
          SiteRows.Row row = rows.find(name).orElse(null);
          if (row == null || row.publishedAt() == null || !row.isOwnedBy(person)) {
            throw noSite();
          }
          rows.takeDown(name);
          rows.countChange();
          return rows.deleteBefore(name, Integer.MAX_VALUE);
        });
    changes.signal();
    log.info("took down site={} person={}", name, person.personId());
    catalog.removeUnused(freed, blobs::removeUnless);
  }

  /// Waits until the revision is not `known` any more or the time is over, then lists the sites.
  public PublishedSites changesAfter(long known, Duration wait) throws InterruptedException {
    Duration bounded = wait.compareTo(settings.waitMax()) < 0 ? wait : settings.waitMax();
    long end = System.nanoTime() + bounded.toNanos();
    while (true) {
      long count = changes.count();
      long left = end - System.nanoTime();
      long revision = catalog.read(tree -> new SiteRows(tree.jdbc()).revision());
      if (revision != known || left <= 0 || !changes.isRunning()) {
        return catalog.read(tree -> new SiteRows(tree.jdbc()).publishedSites());
      }
      changes.await(count, left);
    }
  }

  /// - Errors: `site-not-found` if there is no such version, or it was deleted.
  public List<SiteFile> files(String site, int version) {
    List<SiteFile> files = catalog.read(tree -> new SiteRows(tree.jdbc()).files(site, version));
    if (files.isEmpty()) {
      throw noSite();
    }
    return files;
  }

  /// - Errors: `file-not-found` unless a published site uses it.
  public Item.Content content(String sha256) {
    return catalog
        .read(tree -> new SiteRows(tree.jdbc()).content(sha256))
        .orElseThrow(() -> new ProblemException(ProblemType.FILE_NOT_FOUND, "No site holds this."));
  }

  /// The bytes of a published content; the caller closes the stream.
  public InputStream open(Item.Content content) {
    return Channels.newInputStream(blobs.open(content.sha256()));
  }

  private Site site(String name, String folder, int version, Instant publishedAt) {
    String url = settings.url().replace("{site}", name);
    return new Site(name, url, folder, version, publishedAt);
  }

  private static void checkGuest(Person person) {
    if (person.guest()) {
      throw new ProblemException(
          ProblemType.GUESTS_NOT_ALLOWED, "Register the name with a password to publish.");
    }
  }

  private static ProblemException noSite() {
    return new ProblemException(ProblemType.SITE_NOT_FOUND, "Check its name.");
  }
}
