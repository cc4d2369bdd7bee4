package io.tercet.files.site;

import io.tercet.files.catalog.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How large one version of a site is, or many together.
///
/// `bytes` are those that http-raw-server needs on its disk: each file in whole blocks of 4 KiB,
/// and a content once, however many files of the site have it.
record SiteSize(long files, long bytes) {
  private static final long BLOCK_BYTES = 4096;

  static SiteSize of(List<Item.File> files) {
    Set<String> counted = new HashSet<>();
    long bytes = 0;
    for (Item.File file : files) {
      if (counted.add(file.content().sha256())) {
        bytes += Math.max(1, Math.ceilDiv(file.content().size(), BLOCK_BYTES)) * BLOCK_BYTES;
      }
    }
    return new SiteSize(files.size(), bytes);
  }

  static SiteSize none() {
    return new SiteSize(0, 0);
  }

  SiteSize minus(SiteSize other) {
    return new SiteSize(files - other.files, bytes - other.bytes);
  }
}
