package io.tercet.http.site;

import io.tercet.http.message.Handler;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The sites that are served now, by name, and the names of those that are published.
///
/// Until the list of published sites was read once, every site may be published.
///
/// Threading: any thread looks up; only the thread that pulls changes. A switch to another version
/// is one replacement in a map, so a request sees the old version or the new one.
public final class SiteRegistry {
  private record Served(Manifest manifest, Handler handler) {}

  private final Map<String, Served> served = new ConcurrentHashMap<>();
  private final Function<Manifest, Handler> serving;
  private final int filesMax;
  private volatile @Nullable Set<String> published;

  /// @param filesMax how many files all sites together may have
  SiteRegistry(Function<Manifest, Handler> serving, int filesMax) {
    this.serving = serving;
    this.filesMax = filesMax;
  }

  /// The handler of a site, if it is published.
  public Optional<Handler> find(String site) {
    return Optional.ofNullable(served.get(site)).map(Served::handler);
  }

  /// Whether a site that is not served may be published: it is in the list and its contents are not
  /// here, or the list was not read yet. A host that can be no site is not.
  public boolean isAwaited(String site) {
    Set<String> known = published;
    return known == null ? SiteVersion.isName(site) : known.contains(site);
  }

  /// How many there are.
  public int count() {
    return served.size();
  }

  /// How many are published; 0 until the list was read.
  public int publishedCount() {
    Set<String> known = published;
    return known == null ? 0 : known.size();
  }

  /// Whether the list of published sites was read since the start.
  public boolean isListRead() {
    return published != null;
  }

  /// Takes over the list of published sites.
  void publish(Set<String> names) {
    published = Set.copyOf(names);
  }

  boolean has(SiteVersion version) {
    Served current = served.get(version.site());
    return current != null && current.manifest().of().equals(version);
  }

  /// Refuses a version that, in place of the one of the site that is served, would be too many
  /// files.
  void checkRoom(Manifest manifest) throws NoRoomException {
    long files = manifest.files().size();
    for (Served each : served.values()) {
      boolean isReplaced = each.manifest().of().site().equals(manifest.of().site());
      files += isReplaced ? 0 : each.manifest().files().size();
    }
    if (files > filesMax) {
      throw new NoRoomException(
          "all sites together may have %d files; with its %d they had %d: raise --limit site-files"
              .formatted(filesMax, manifest.files().size(), files));
    }
  }

  void show(Manifest manifest) {
    Served current = served.get(manifest.of().site());
    if (current == null || !current.manifest().equals(manifest)) {
      served.put(manifest.of().site(), new Served(manifest, serving.apply(manifest)));
    }
  }

  void hide(String site) {
    served.remove(site);
  }

  List<String> names() {
    return List.copyOf(served.keySet());
  }

  /// The digests of all contents that are served and begin with these two digits.
  Set<String> contents(String twoDigits) {
    Set<String> contents = new HashSet<>();
    for (Served each : served.values()) {
      each.manifest().addContents(twoDigits, contents);
    }
    return contents;
  }
}
