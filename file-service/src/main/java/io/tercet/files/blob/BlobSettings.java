package io.tercet.files.blob;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `reserve`: how much of the disk stays free; an upload that would use it is refused.
@ConfigurationProperties("tercet.files.blob")
public record BlobSettings(DataSize reserve) {
  public BlobSettings {
    if (reserve.isNegative()) {
      throw new IllegalArgumentException("reserve must not be negative, not " + reserve);
    }
  }
}
