package io.tercet.http.file;

import io.tercet.http.message.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What an operator can choose about the serving of files.
///
/// @param fallsBack whether navigations to a missing file get the root's index.html
/// @param compresses whether the server compresses text that has no `.gz` beside it
/// @param lists whether a folder without an index.html is listed
/// @param listingEntriesMax how many entries of a folder are read for a listing
/// @param cacheRules how long browsers may keep files; the first rule that matches counts
/// @param fields of every response about a file; rejections by the protocol do not have them
public record FileServingOptions(
    boolean fallsBack,
    boolean compresses,
    boolean lists,
    int listingEntriesMax,
    List<CacheRule> cacheRules,
    Fields fields) {

  /// Protects a page whose author did not think of it: browsers do not guess types, tell other
  /// sites no more than the origin, and show the page in no foreign frame.
  private static final Fields PROTECTION =
      Fields.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "strict-origin-when-cross-origin",
          "X-Frame-Options", "SAMEORIGIN");

  /// The same for a published site, which is public and may be shown in frames.
  private static final Fields PROTECTION_OF_SITES =
      Fields.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "strict-origin-when-cross-origin");

  /// What counts unless an operator chooses something else.
  public static final FileServingOptions DEFAULT =
      new FileServingOptions(true, true, false, 2000, List.of(), PROTECTION);

  /// Names that describe one message or one file. They cannot be set for all.
  private static final Set<String> OURS =
      Set.of(
          """
          accept-ranges allow cache-control connection content-encoding content-length
          content-range content-type date etag keep-alive last-modified location server trailer
          transfer-encoding upgrade vary
          """
              .split("\\s+"));

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// How long browsers may keep some files.
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

  /// The default protection and these lines `Name: value`. A line with the name of a default
  /// replaces it; a line without a value removes it.
  ///
  /// @throws IllegalArgumentException naming the line that cannot be set
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

  /// The value of Cache-Control for a file; its path has no slash at the start.
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
