package io.tercet.files.site;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;

/// How large a site may be, and all sites together.
///
/// http-raw-server has the old and the new version of a site on its disk while it switches, so its
/// disk for sites has twice the bytes that all sites may have (docs/limits.md).
final class SiteLimits {
  private final SiteSettings settings;

  SiteLimits(SiteSettings settings) {
    this.settings = settings;
  }

  /// Refuses a version that is too large, or too large beside the other sites. Where all sites have
  /// too many bytes already, a site may change and not grow.
  ///
  /// - Errors: `too-large` for files, `site-too-large` for bytes.
  ///
  /// @param others all other sites together
  /// @param before the version that is published
  /// @param site the version that is to be published
  void check(SiteSize others, SiteSize before, SiteSize site) {
    if (others.files() + site.files() > settings.allFilesMax()) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "All sites together may have %d files. The others have %d, this one %d: take one down."
              .formatted(settings.allFilesMax(), others.files(), site.files()));
    }
    long most = settings.bytesMax().toBytes();
    if (site.bytes() > most) {
      throw ProblemException.siteTooLarge(
          "A site may have %d bytes, and this one has %d: publish less."
              .formatted(most, site.bytes()),
          site.bytes(),
          most);
    }
    long all = settings.allBytesMax().toBytes();
    if (others.bytes() + site.bytes() > all && site.bytes() > before.bytes()) {
      throw ProblemException.siteTooLarge(
          "All sites together may have %d bytes. The others have %d, this one %d: take one down."
              .formatted(all, others.bytes(), site.bytes()),
          site.bytes(),
          Math.max(0, all - others.bytes()));
    }
  }
}
