package io.tercet.http.file;

import io.tercet.http.message.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// How files are served, where an operator has a choice.
///
/// @param fallsBack whether navigations to nothing get the root's index.html
/// @param compresses whether text without a `.gz` beside it is compressed here
/// @param lists whether a folder without an index.html shows what is in it
/// @param listingEntriesMax how many entries of a folder are read for a listing
/// @param cacheRules how long files may be kept; the first that matches counts
/// @param fields of every answer of files, pages and problems; not of refusals of the protocol
public record FileServingOptions(
    boolean fallsBack,
    boolean compresses,
    boolean lists,
    int listingEntriesMax,
    List<CacheRule> cacheRules,
    Fields fields) {

  /// What protects a page that does not think of it: no guessing of types, no addresses told to
  /// other sites beyond the origin, no frame in a foreign page.
  private static final Fields PROTECTION =
      Fields.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "strict-origin-when-cross-origin",
          "X-Frame-Options", "SAMEORIGIN");

  /// A published site is public, and may be shown in frames.
  private static final Fields PROTECTION_OF_SITES =
      Fields.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "strict-origin-when-cross-origin");

  /// What holds unless something is set.
  public static final FileServingOptions DEFAULT =
      new FileServingOptions(true, true, false, 2000, List.of(), PROTECTION);

  /// Names that say something about one message or one file, and so are never set for all.
  private static final Set<String> OURS =
      Set.of(
          "accept-ranges",
          "allow",
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "etag",
          "keep-alive",
          "last-modified",
          "location",
          "server",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary");

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// How long some files may be kept.
  ///
  /// @param value of Cache-Control
  public record CacheRule(String glob, String value) {

    /// Reads `GLOB=VALUE`.
    ///
    /// @throws IllegalArgumentException if it is not that
    public static CacheRule parse(String text) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new IllegalArgumentException("--cache-control wants GLOB=VALUE, not " + text);
      }
      String value = text.substring(equals + 1).strip();
      Fields.of("Cache-Control", value);
      return new CacheRule(text.substring(0, equals), value);
    }
  }

  /// Copies the list.
  public FileServingOptions {
    cacheRules = List.copyOf(cacheRules);
  }

  /// The same for published sites: no fallback, no listing, and none of the root's fields.
  public FileServingOptions ofSites() {
    return new FileServingOptions(
        false, compresses, false, listingEntriesMax, List.of(), PROTECTION_OF_SITES);
  }

  /// The protection that is sent by default, with these lines `Name: value` added. One with the
  /// name of a default takes its place; one without a value takes it away.
  ///
  /// @throws IllegalArgumentException naming the line that cannot be
  public static Fields fields(List<String> lines) {
    Fields added = Fields.NONE;
    Fields defaults = PROTECTION;
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0));
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("--header wants 'Name: value', not " + line);
      }
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("the server sets " + name + " itself");
      }
      String value = line.substring(colon + 1).strip();
      defaults = defaults.without(name);
      added = value.isEmpty() ? added : added.with(name, value);
    }
    return added.and(defaults);
  }

  /// The value of Cache-Control for a file; its path has no slash at its start.
  String cacheControl(String path, String mediaType) {
    for (CacheRule rule : cacheRules) {
      if (new Glob(rule.glob()).matches(path)) {
        return rule.value();
      }
    }
    boolean forEver = HashedName.ends(path) && !mediaType.startsWith("text/html");
    return forEver ? "public, max-age=31536000, immutable" : "no-cache";
  }
}
