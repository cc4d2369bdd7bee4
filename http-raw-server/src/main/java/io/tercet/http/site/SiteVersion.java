package io.tercet.http.site;

import java.util.regex.Pattern;

/// A site and which of its versions.
///
/// @param site one DNS label: 1–63 of `a-z 0-9 -`, no `-` at an end
/// @param version counts up with each publication
record SiteVersion(String site, long version) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  SiteVersion {
    if (!isName(site) || version < 0) {
      throw new IllegalArgumentException("no version " + version + " of a site " + site);
    }
  }

  /// Whether a site may have this name.
  static boolean isName(String site) {
    return LABEL.matcher(site).matches();
  }
}
