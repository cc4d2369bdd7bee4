package io.tercet.files.folder;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// `itemsMax`: how many items may be moved or deleted at once. `pageMax`: how many items
/// one page of a listing has.
@ConfigurationProperties("tercet.files.folder")
public record FolderSettings(int itemsMax, int pageMax) {
  public FolderSettings {
    if (itemsMax < 1 || pageMax < 1) {
      throw new IllegalArgumentException(
          "items-max and page-max must be positive, not " + itemsMax + " and " + pageMax);
    }
  }
}
