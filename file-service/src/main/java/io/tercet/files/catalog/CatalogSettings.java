package io.tercet.files.catalog;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// `folderItemsMax`: how many items one folder may have. `versionsMax`: how many versions of one
/// file are kept, the newest included; the newest of its maker stays beside them.
@ConfigurationProperties("tercet.files.catalog")
public record CatalogSettings(int folderItemsMax, int versionsMax) {
  public CatalogSettings {
    if (folderItemsMax < 1 || versionsMax < 1) {
      throw new IllegalArgumentException(
          "folder-items-max and versions-max must be positive, not "
              + folderItemsMax
              + " and "
              + versionsMax);
    }
  }
}
