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
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Publishes folders as sites, and lists the sites for http-raw-server.
///
/// A version is the list of the files of a folder at one moment: it is read in one transaction, and
/// written in several, which nobody sees before the last one makes it the published version. It
/// never changes then, so a visitor sees one version or the next and never a mixture. The version
/// before the newest is kept for requests that still read it. [SiteUpkeep] deletes the others, and
/// what a publication left that failed.
///
/// Only the owner of a space publishes its folders: a person their own, and a room's creator the
/// room's. The right is checked again while the site is published.
///
/// - Threading: safe. One publication runs at a time, since each has a list of files in memory.
@Component
@EnableConfigurationProperties(SiteSettings.class)
public final class Sites {
  private static final Logger log = LoggerFactory.getLogger(Sites.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AccessControl access;
  private final Catalog catalog;
  private final BlobStore blobs;
  private final SiteVersions versions;
  private final SiteChanges changes;
  private final SiteSettings settings;
  private final SiteLimits limits;

  Sites(
      AccessControl access,
      Catalog catalog,
      BlobStore blobs,
      SiteVersions versions,
      SiteChanges changes,
      SiteSettings settings) {
    this.access = access;
    this.catalog = catalog;
    this.blobs = blobs;
    this.versions = versions;
    this.changes = changes;
    this.settings = settings;
    this.limits = new SiteLimits(settings);
  }

  /// The folder to publish, and its path as the publisher writes it.
  public record Source(Space space, FilePath folder, String text) {}

  /// A site, and whether it was not there before.
  public record Publication(Site site, boolean created) {}

  /// Publishes the current files of a folder as the next version of a site.
  ///
  /// - Errors: `guests-not-allowed`, `creator-only`, `invalid-name`, `name-taken`,
  ///   `name-resembles`, `file-not-found`, `too-large`, `site-too-large`, `invalid-request` if the
  ///   folder has no index.html, and `service-unavailable` if many publish at once.
  public Publication publish(Person person, String name, Source source) {
    checkGuest(person);
    SiteName.check(name);
    access.checkOwner(person, source.space());
    Publication done = versions.exclusively(() -> publishInSteps(person, name, source));
    changes.signal();
    log.info(
        "published site={} version={} person={}", name, done.site().version(), person.personId());
    return done;
  }

  private Publication publishInSteps(Person person, String name, Source source) {
    List<Item.File> files = catalog.read(tree -> filesToPublish(tree, person, name, source));
    SiteRows.Row before = catalog.write(tree -> reserve(new SiteRows(tree.jdbc()), person, name));
    versions.tidy(before);
    SiteSize size = SiteSize.of(files);
    int version = before.version() + 1;
    for (int from = 0; from < files.size(); from += settings.batch()) {
      List<Item.File> batch = files.subList(from, Math.min(from + settings.batch(), files.size()));
      catalog.write(tree -> addFiles(new SiteRows(tree.jdbc()), name, version, batch));
    }
    return catalog.write(tree -> {
      SiteRows rows = new SiteRows(tree.jdbc());
      SiteRows.Row now = rows.find(name).orElseThrow(); // it may have been taken down meanwhile
      limits.check(rows.allSites().minus(now.size()), now.size(), size);
      UUID room = source.space() instanceof Space.Room(UUID roomId) ? roomId : null;
      SiteRows.Row row =
          new SiteRows.Row(name, now.owner(), source.text(), version, tree.now(), room, size);
      rows.publish(row, tree.now());
      rows.countChange(size.minus(now.size()));
      announce(tree, now, row);
      return new Publication(site(row), !now.isPublished());
    });
  }

  /// Tells the room whose folder is public from now on, and the one whose folder was before.
  private void announce(Tree tree, SiteRows.Row before, SiteRows.Row now) {
    UUID roomBefore = before.isPublished() ? before.room() : null;
    if (Objects.equals(roomBefore, now.room())) {
      return;
    }
    if (roomBefore != null) {
      SiteAnnouncements.add(tree, roomBefore, now.owner(), site(before), false);
    }
    if (now.room() != null) {
      SiteAnnouncements.add(tree, now.room(), now.owner(), site(now), true);
    }
  }

  private List<Item.File> filesToPublish(Tree tree, Person person, String name, Source source) {
    SiteRows rows = new SiteRows(tree.jdbc());
    SiteRows.Row before = rows.find(name).orElse(null);
    if (before != null && !before.owner().equals(person.personId())) {
      throw nameTaken();
    }
    if (before == null
        && rows.namesOf(person.personId(), settings.namesMax()) == settings.namesMax()) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "You have %d names of sites: publish under one of them.".formatted(settings.namesMax()));
    }
    List<Item.File> files = tree.filesBelow(source.space(), source.folder(), settings.filesMax());
    if (files.stream().noneMatch(file -> file.path().toString().equals("index.html"))) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Put an index.html into the folder first.");
    }
    SiteSize old = before == null ? SiteSize.none() : before.size();
    limits.check(rows.allSites().minus(old), old, SiteSize.of(files));
    return files;
  }

  private static SiteRows.Row reserve(SiteRows rows, Person person, String name) {
    boolean isNew = rows.find(name).isEmpty();
    if (isNew) {
      SiteName.checkNew(name);
      rows.resembling(name)
          .ifPresent(other -> {
            throw ProblemException.resembling(other);
          });
    }
    if (!rows.reserve(name, person.personId())) {
      throw nameTaken();
    }
    if (isNew) {
      rows.addSkeleton(name);
    }
    return rows.find(name).orElseThrow();
  }

  private static boolean addFiles(SiteRows rows, String name, int version, List<Item.File> files) {
    for (Item.File file : files) {
      if (!rows.addFile(name, version, file)) {
        throw ProblemException.retry(
            ProblemType.SERVICE_UNAVAILABLE, "A file was deleted meanwhile.", RETRY_AFTER);
      }
    }
    return true;
  }

  /// The sites that a person has published.
  public List<Site> of(Person person) {
    return catalog.read(tree ->
        new SiteRows(tree.jdbc()).publishedBy(person.personId()).stream().map(this::site).toList());
  }

  /// The sites that show folders of a room, for its members.
  ///
  /// - Errors: `room-not-found`.
  public List<Site> in(Space.Room room, Person person) {
    access.check(person, room);
    return catalog.read(tree ->
        new SiteRows(tree.jdbc()).publishedIn(room.roomId()).stream().map(this::site).toList());
  }

  /// Takes a site down. Its name stays reserved for its owner.
  ///
  /// - Errors: `site-not-found`, also for a site of another person.
  public void takeDown(Person person, String name) {
    if (!takeDown(person.personId(), name)) {
      throw noSite();
    }
    log.info("took down site={} person={}", name, person.personId());
  }

  /// Takes a site down if this person has published it; whether that was so.
  boolean takeDown(UUID owner, String name) {
    boolean done =
        catalog.writeToFree(tree -> {
          SiteRows rows = new SiteRows(tree.jdbc());
          SiteRows.Row row = rows.find(name).orElse(null);
          if (row == null || !row.isPublished() || !row.owner().equals(owner)) {
            return false;
          }
          rows.takeDown(name);
          rows.countChange(SiteSize.none().minus(row.size()));
          if (row.room() != null) {
            SiteAnnouncements.add(tree, row.room(), owner, site(row), false);
          }
          return true;
        });
    if (done) {
      changes.signal();
    }
    return done;
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
    return catalog.read(tree -> {
      SiteRows rows = new SiteRows(tree.jdbc());
      if (rows.find(site).filter(row -> row.keeps(version)).isEmpty()) {
        throw noSite();
      }
      return rows.files(site, version);
    });
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

  private Site site(SiteRows.Row row) {
    String url = settings.url().replace("{site}", row.name());
    Instant publishedAt = row.publishedAt() == null ? Instant.EPOCH : row.publishedAt();
    return new Site(row.name(), url, row.folder(), row.version(), publishedAt, row.owner());
  }

  private static void checkGuest(Person person) {
    if (person.guest()) {
      throw new ProblemException(
          ProblemType.GUESTS_NOT_ALLOWED, "Register the name with a password to publish.");
    }
  }

  private static ProblemException nameTaken() {
    return new ProblemException(ProblemType.NAME_TAKEN, "Choose another name.");
  }

  private static ProblemException noSite() {
    return new ProblemException(ProblemType.SITE_NOT_FOUND, "Check its name.");
  }
}
