package io.tercet.files.site;

import java.util.List;

/// All published sites at one moment; `revision` grows with every change.
public record PublishedSites(long revision, List<Published> sites) {

  /// A site and its newest version.
  public record Published(String site, int version) {}
}
